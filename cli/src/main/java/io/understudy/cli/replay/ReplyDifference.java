package io.understudy.cli.replay;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Opened;
import io.understudy.server.frame.Summary;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.List;

/** Finds the first thing in which two answers of a server differ. */
final class ReplyDifference {
  private final FrameBuffer recorded;
  private final FrameBuffer now;
  private final List<OpenBank> banks;
  private final long timeFs;

  private ReplyDifference(FrameBuffer recorded, FrameBuffer now, List<OpenBank> banks) {
    this.recorded = recorded;
    this.now = now;
    this.banks = banks;
    this.timeFs = FrameHeader.timeFs(now.bytes());
  }

  /**
   * The first difference; null where there is none. A greeting may differ: each session has a
   * number and a token of its own.
   *
   * @param recorded the frame in the record, from 0 to the limit; its position and limit may move
   * @param now the new answer, likewise
   * @param banks the session's banks by their numbers
   */
  static Difference first(FrameBuffer recorded, FrameBuffer now, List<OpenBank> banks) {
    int type = FrameHeader.type(now.bytes());
    int mismatch = recorded.bytes().mismatch(now.bytes());
    boolean greeting =
        type == FrameType.FRAME_TYPE_WELCOME_VALUE
            && FrameHeader.type(recorded.bytes()) == FrameType.FRAME_TYPE_WELCOME_VALUE;
    if (mismatch < 0 || greeting) {
      return null;
    }
    ReplyDifference difference = new ReplyDifference(recorded, now, banks);
    String then = octet(recorded.bytes(), mismatch);
    String today = octet(now.bytes(), mismatch);
    Difference first = difference.find(type);
    return first != null ? first : difference.ofFrame("byte " + mismatch, then, today);
  }

  private Difference find(int type) {
    if (FrameHeader.type(recorded.bytes()) != type) {
      return ofFrame("answer", said(recorded), said(now));
    }
    try {
      return switch (type) {
        case FrameType.FRAME_TYPE_OPENED_VALUE -> opened();
        case FrameType.FRAME_TYPE_ANSWER_VALUE -> AnswerDifference.first(recorded, now, banks);
        case FrameType.FRAME_TYPE_SUMMARY_VALUE -> summary();
        case FrameType.FRAME_TYPE_ERROR_VALUE -> ofFrame("error", said(recorded), said(now));
        default -> null;
      };
    } catch (FrameException e) {
      return ofFrame("answer", e.getMessage(), "whole");
    }
  }

  private Difference opened() {
    Opened then = Opened.decode(recorded.bytes());
    Opened today = Opened.decode(now.bytes());
    if (then.identity() != today.identity()) {
      return ofBank(today.bank(), "model", identity(then), identity(today));
    }
    return then.equals(today)
        ? null
        : ofBank(today.bank(), "description", then.toString(), today.toString());
  }

  private static String identity(Opened opened) {
    return String.format("identity %016x", opened.identity());
  }

  private Difference summary() {
    List<BankSummary> then = Summary.decode(recorded.bytes()).banks();
    List<BankSummary> today = Summary.decode(now.bytes()).banks();
    if (then.size() != today.size()) {
      return ofFrame("banks", then.size() + "", today.size() + "");
    }
    for (int b = 0; b < then.size(); b++) {
      for (RecordComponent part : BankSummary.class.getRecordComponents()) {
        Object before = value(part, then.get(b));
        Object after = value(part, today.get(b));
        if (!before.equals(after)) {
          return ofBank(b, "summary's " + part.getName(), before.toString(), after.toString());
        }
      }
    }
    return null;
  }

  private static Object value(RecordComponent part, BankSummary of) {
    try {
      return part.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String said(FrameBuffer frame) {
    String type = FrameHeader.typeName(FrameHeader.type(frame.bytes()));
    boolean isError = FrameHeader.type(frame.bytes()) == FrameType.FRAME_TYPE_ERROR_VALUE;
    return isError ? type + " (" + ErrorFrame.decode(frame.bytes()).text() + ")" : type;
  }

  private static String octet(ByteBuffer bytes, int at) {
    return at < bytes.limit() ? String.format("%02x", bytes.get(at)) : "none";
  }

  private Difference ofBank(int bank, String quantity, String then, String today) {
    String path = bank < banks.size() ? banks.get(bank).shape().path() : "bank " + bank;
    return new Difference(path, null, timeFs, quantity, then, today);
  }

  private Difference ofFrame(String quantity, String then, String today) {
    return new Difference("", null, timeFs, quantity, then, today);
  }
}
