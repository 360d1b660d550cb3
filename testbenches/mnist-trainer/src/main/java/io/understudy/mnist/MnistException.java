package io.understudy.mnist;

/** Images, weights or a trainer's tool that are not as expected: names what, and the value. */
public final class MnistException extends RuntimeException {
  public MnistException(String message) {
    super(message);
  }

  public MnistException(String message, Throwable cause) {
    super(message, cause);
  }
}
