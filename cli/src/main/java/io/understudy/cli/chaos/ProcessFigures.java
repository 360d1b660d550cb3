package io.understudy.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the system says of a process.
 *
 * @param residentBytes its resident memory
 * @param descriptors its open files and sockets
 */
record ProcessFigures(long residentBytes, long descriptors) {
  private static final String RESIDENT = "VmRSS:";

  /** Of a process that lives. */
  static ProcessFigures of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    long residentKib;
    try (Stream<String> status = Files.lines(folder.resolve("status"))) {
      residentKib =
          status
              .filter(line -> line.startsWith(RESIDENT))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElse(0);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    try (Stream<Path> open = Files.list(folder.resolve("fd"))) {
      return new ProcessFigures(residentKib << 10, open.count());
    }
  }
}
