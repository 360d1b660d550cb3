package io.understudy.characterizer;

/** Is told of finished runs; calls come from one thread at a time. */
@FunctionalInterface
public interface ProgressListener {
  /** A listener that does not listen. */
  ProgressListener NONE = (done, total) -> {};

  /**
   * @param done runs finished so far
   * @param total runs in all
   */
  void finished(int done, int total);

  /**
   * Something that is no error, but that the user should know.
   *
   * @param text one line
   */
  default void note(String text) {}
}
