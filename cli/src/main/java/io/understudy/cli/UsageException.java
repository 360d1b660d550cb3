package io.understudy.cli;

/** An argument that cannot be used; the command ends with {@link ExitStatus#USAGE}. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
