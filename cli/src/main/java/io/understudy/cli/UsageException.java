package io.understudy.cli;

/** An argument that cannot be used; the command ends with {@link ExitStatus#USAGE}. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }

  /**
   * Refuses a number below 1.
   *
   * @param option as the user writes it
   * @param value null where it was left out
   */
  public static void checkPositive(String option, Number value) {
    if (value != null && value.longValue() < 1) {
      throw new UsageException(option + ": " + value + " (expected: at least 1)");
    }
  }
}
