package io.understudy.characterizer.ngspice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of the child processes that have ended, as Linux counts it. */
public final class ChildCpuTime {
  private static final Path STAT = Path.of("/proc/self/stat");

  /** Linux tells programs of hundredths of a second, whatever its clock is. */
  private static final double TICKS_A_SECOND = 100;

  /** Places of cutime and cstime among the numbers behind the program's name, see proc(5). */
  private static final int USER = 13;

  private static final int SYSTEM = 14;

  private ChildCpuTime() {}

  /** CPU seconds so far, of all children that have ended; NaN where the system does not tell. */
  public static double readS() {
    try {
      String text = Files.readString(STAT, StandardCharsets.ISO_8859_1);
      // The name may hold spaces and parentheses.
      String[] cells = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(cells[USER]) + Long.parseLong(cells[SYSTEM])) / TICKS_A_SECOND;
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }
}
