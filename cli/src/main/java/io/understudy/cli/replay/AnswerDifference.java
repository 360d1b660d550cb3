package io.understudy.cli.replay;

import io.understudy.server.frame.AnswerFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.surrogate.event.StepRows;
import java.util.List;

/** Finds the first value in which two ANSWERs differ. */
final class AnswerDifference {
  private final OpenBank bank;
  private final long timeFs;

  private AnswerDifference(OpenBank bank, long timeFs) {
    this.bank = bank;
    this.timeFs = timeFs;
  }

  /**
   * The first difference; null where all values have the same bits, or what differs is none.
   *
   * @param banks all banks of the session by their numbers
   * @throws io.understudy.server.frame.FrameException when the answers are not of the same form
   */
  static Difference first(FrameBuffer recorded, FrameBuffer now, List<OpenBank> banks) {
    long timeFs = FrameHeader.timeFs(now.bytes());
    int sections = now.bytes().getInt(FrameHeader.BYTES);
    AnswerFrame.begin(recorded, sections);
    AnswerFrame.begin(now, sections);
    Difference first = null;
    for (int s = 0; s < sections && first == null; s++) {
      int number = now.bytes().getInt(now.bytes().position());
      if (number >= banks.size()) {
        return null; // opened by a checkpoint, which does not say its shape
      }
      OpenBank bank = banks.get(number);
      double recordedJ = AnswerFrame.read(recorded, bank.number(), bank.shape(), bank.recorded);
      double nowJ = AnswerFrame.read(now, bank.number(), bank.shape(), bank.now);
      AnswerDifference in = new AnswerDifference(bank, timeFs);
      first = in.ofRows();
      first = first == null ? in.of(null, "energy of the bank, J", recordedJ, nowJ) : first;
    }
    return first;
  }

  private Difference ofRows() {
    StepRows recorded = bank.recorded;
    StepRows now = bank.now;
    for (int row = 0; row < Math.max(recorded.answers, now.answers); row++) {
      int then = row < recorded.answers ? recorded.answered[row] : Integer.MAX_VALUE;
      int today = row < now.answers ? now.answered[row] : Integer.MAX_VALUE;
      if (then != today) {
        return difference(
            Math.min(then, today),
            "answer",
            then < today ? "one" : "none",
            then < today ? "none" : "one");
      }
      Difference found = ofRow(row, then);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Difference ofRow(int row, int instance) {
    StepRows then = bank.recorded;
    StepRows now = bank.now;
    Difference found = of(instance, "output", then.output[row], now.output[row]);
    if (found == null && then.delayFs[row] != now.delayFs[row]) {
      found = difference(instance, "delay, fs", then.delayFs[row] + "", now.delayFs[row] + "");
    }
    if (found == null) {
      found = of(instance, "energy, J", then.eventEnergyJ[row], now.eventEnergyJ[row]);
    }
    if (found == null) {
      found = of(instance, "idle energy, J", then.idleEnergyJ[row], now.idleEnergyJ[row]);
    }
    if (found == null && then.flags[row] != now.flags[row]) {
      found = difference(instance, "flags", then.flags[row] + "", now.flags[row] + "");
    }
    return found;
  }

  /** Of two numbers that do not have the same bits; else null. */
  private Difference of(Integer instance, String quantity, double recorded, double now) {
    return Double.doubleToRawLongBits(recorded) == Double.doubleToRawLongBits(now)
        ? null
        : difference(instance, quantity, Double.toString(recorded), Double.toString(now));
  }

  private Difference difference(Integer instance, String quantity, String recorded, String now) {
    return new Difference(bank.shape().path(), instance, timeFs, quantity, recorded, now);
  }
}
