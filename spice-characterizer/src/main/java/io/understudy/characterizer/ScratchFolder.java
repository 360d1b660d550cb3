package io.understudy.characterizer;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Where runs' decks and raw files lie while they run. What a killed process left is removed by the
 * next one.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final String SYSTEM_PREFIX = "understudy-ngspice-";
  private static final int ATTEMPTS = 5;

  private final Path root;
  private final FolderLock lock;

  private ScratchFolder(Path root, FolderLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * A folder in a dataset's folder, which is kept to this process.
   *
   * @throws CharacterizationException when another process has it
   */
  static ScratchFolder in(Path datasetDir) throws IOException {
    FolderLock lock = FolderLock.of(datasetDir);
    try {
      Path root = datasetDir.resolve("scratch");
      delete(root);
      return new ScratchFolder(Files.createDirectory(root), lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** A folder in the system's folder of temporary files, named by this process. */
  public static ScratchFolder temporary() throws IOException {
    Path system = Path.of(System.getProperty("java.io.tmpdir"));
    try (var files = Files.newDirectoryStream(system, SYSTEM_PREFIX + "*")) {
      for (Path file : files) {
        if (isAbandoned(file)) {
          delete(file);
        }
      }
    }
    String prefix = SYSTEM_PREFIX + ProcessHandle.current().pid() + "-";
    return new ScratchFolder(Files.createTempDirectory(prefix), null);
  }

  /** A run's own folder, which does not exist yet. */
  public Path of(String run) {
    return root.resolve(run);
  }

  private static boolean isAbandoned(Path file) {
    String rest = file.getFileName().toString().substring(SYSTEM_PREFIX.length());
    int end = rest.indexOf('-');
    try {
      return end > 0
          && Files.isWritable(file)
          && ProcessHandle.of(Long.parseLong(rest.substring(0, end)))
              .filter(ProcessHandle::isAlive)
              .isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    // An ngspice whose parent was killed may still write a file: then once more.
    for (int attempt = 1; Files.exists(folder); attempt++) {
      try {
        deleteOnce(folder);
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void deleteOnce(Path folder) throws IOException {
    List<Path> all;
    try (var paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      delete(root);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
