package io.understudy.surrogate.provenance;

/** A surrogate package that cannot be used: names the file, the value and what was expected. */
public final class PackageException extends RuntimeException {
  public PackageException(String message) {
    super(message);
  }

  public PackageException(String message, Throwable cause) {
    super(message, cause);
  }
}
