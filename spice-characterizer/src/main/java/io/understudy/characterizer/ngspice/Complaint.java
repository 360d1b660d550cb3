package io.understudy.characterizer.ngspice;

import java.util.List;
import java.util.regex.Pattern;

/** What matters of all that ngspice says when something is wrong. */
public final class Complaint {
  private static final Pattern TROUBLE =
      Pattern.compile(
          "error|fatal|too small|singular|unknown|no such|not found|can't|cannot|could not|undefined"
              + "|no convergence|failed",
          Pattern.CASE_INSENSITIVE);

  private Complaint() {}

  /**
   * The first and the last of the lines that speak of trouble, or else the last line.
   *
   * @param lines trimmed, none of them empty
   */
  public static String of(List<String> lines) {
    if (lines.isEmpty()) {
      return "(nothing)";
    }
    List<String> trouble =
        lines.stream().filter(line -> TROUBLE.matcher(line).find()).distinct().toList();
    int count = trouble.size();
    return switch (count) {
      case 0 -> lines.get(lines.size() - 1);
      case 1 -> trouble.get(0);
      default -> trouble.get(0) + " ... " + trouble.get(count - 1);
    };
  }
}
