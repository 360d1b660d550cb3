package io.understudy.cli;

import io.understudy.characterizer.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows the progress of long work: a bar on a terminal, plain lines elsewhere. */
public final class Progress implements ProgressListener, AutoCloseable {
  private final String task;
  private final boolean terminal;
  private final List<String> notes = new ArrayList<>();
  private ProgressBar bar;
  private int lastPercent = -1;

  /**
   * @param task names the work
   */
  public Progress(String task) {
    this.task = task;
    this.terminal = System.console() != null;
  }

  @Override
  public void finished(int done, int total) {
    if (!terminal) {
      int percent = (int) (100L * done / total);
      if (percent / 10 > lastPercent / 10 || lastPercent < 0) {
        System.err.printf("understudy: %s: %d of %d%n", task, done, total);
        lastPercent = percent;
      }
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
    }
    bar.stepTo(done);
  }

  /** Said at the end, so that it stays readable below the bar. */
  @Override
  public void note(String text) {
    notes.add(text);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    notes.forEach(note -> System.err.printf("understudy: note: %s%n", note));
  }
}
