package io.understudy.server.frame;

import io.understudy.proto.v1.BankFlag;
import io.understudy.proto.v1.FrameType;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;

/**
 * ANSWER, written straight from the rows of each bank and read back into them; allocates nothing
 * once the buffers have grown.
 *
 * <p>To write: {@link #start}, {@link #append} for each bank, {@link FrameBuffer#finish}. To read:
 * {@link #begin}, then for each of its sections {@link #read}, then {@link #end}.
 */
public final class AnswerFrame {
  private static final int SECTION_BYTES = 24;

  /** Bytes of one row without its number and flags: output, delay and two energies. */
  private static final int ROW_BYTES = 32;

  /** Where the header of the payload says how many bytes of notices there are. */
  private static final int NOTICES_AT = FrameHeader.BYTES + Integer.BYTES;

  /** Bytes of a notice before its text. */
  private static final int NOTICE_BYTES = 8;

  private AnswerFrame() {}

  /** Starts a frame of so many sections. */
  public static void start(FrameBuffer frame, long sequence, long timeFs, int sections) {
    ByteBuffer bytes = frame.start(FrameType.FRAME_TYPE_ANSWER_VALUE, sequence, timeFs, 8);
    bytes.putInt(sections).putInt(0);
  }

  /**
   * Appends a bank's section.
   *
   * @param bank its number
   * @param instances its instances
   * @param energyJ its energy so far in J
   * @param rows the answers
   */
  public static void append(
      FrameBuffer frame, int bank, int instances, double energyJ, StepRows rows) {
    int count = rows.answers;
    boolean all = count == instances;
    long list = FramePayload.padded(count * Integer.BYTES);
    frame.reserve(
        frame.bytes().position()
            + SECTION_BYTES
            + (all ? 0 : list)
            + (long) count * ROW_BYTES
            + list);
    ByteBuffer bytes = frame.bytes();
    bytes.putInt(bank).putInt(count);
    bytes.putInt(all ? BankFlag.BANK_FLAG_ALL_ROWS_VALUE : 0).putInt(0);
    bytes.putDouble(energyJ);
    if (!all) {
      FrameArrays.putInts(frame, rows.answered, count);
    }
    FrameArrays.putDoubles(frame, rows.output, count);
    FrameArrays.putLongs(frame, rows.delayFs, count);
    FrameArrays.putDoubles(frame, rows.eventEnergyJ, count);
    FrameArrays.putDoubles(frame, rows.idleEnergyJ, count);
    FrameArrays.putInts(frame, rows.flags, count);
  }

  /**
   * Appends a notice for people, after the last section.
   *
   * @param bank the bank that it is about
   */
  public static void notice(FrameBuffer frame, int bank, String text) {
    byte[] utf8 = FramePayload.utf8(text);
    int size = NOTICE_BYTES + FramePayload.padded(utf8.length);
    frame.reserve((long) frame.bytes().position() + size);
    ByteBuffer bytes = frame.bytes();
    bytes.putInt(bank).putInt(utf8.length).put(utf8);
    while (bytes.position() % Long.BYTES != 0) {
      bytes.put((byte) 0);
    }
    bytes.putInt(NOTICES_AT, bytes.getInt(NOTICES_AT) + size);
  }

  /** The client's side: starts to read a frame, whose number of sections must be as asked. */
  public static void begin(FrameBuffer frame, int sections) {
    ByteBuffer bytes = FramePayload.begin(frame.bytes(), FrameType.FRAME_TYPE_ANSWER_VALUE);
    FramePayload.require(bytes, 8);
    int actual = bytes.getInt();
    if (actual != sections) {
      throw FrameException.protocol("ANSWER frame's sections", actual, String.valueOf(sections));
    }
    bytes.getInt(); // bytes of the notices, which are for people: end() passes over them
  }

  /**
   * The client's side: reads the next section, which must be of the given bank.
   *
   * @return the bank's energy so far in J
   */
  public static double read(FrameBuffer frame, int bank, BankShape shape, StepRows into) {
    ByteBuffer bytes = frame.bytes();
    FramePayload.require(bytes, SECTION_BYTES);
    int actual = bytes.getInt();
    int count = bytes.getInt();
    boolean all = (bytes.getInt() & BankFlag.BANK_FLAG_ALL_ROWS_VALUE) != 0;
    FramePayload.reserved(bytes);
    if (actual != bank || count < 0 || count > shape.instances()) {
      throw FrameException.protocol(
          "ANSWER frame's section",
          "bank " + actual + ", " + count + " rows",
          "bank " + bank + ", at most " + shape.instances() + " rows");
    }
    double energyJ = bytes.getDouble();
    into.reserveAnswers(count);
    into.answers = count;
    if (all) {
      for (int i = 0; i < count; i++) {
        into.answered[i] = i;
      }
    } else {
      FrameArrays.getInts(frame, into.answered, count);
    }
    FrameArrays.getDoubles(frame, into.output, count);
    FrameArrays.getLongs(frame, into.delayFs, count);
    FrameArrays.getDoubles(frame, into.eventEnergyJ, count);
    FrameArrays.getDoubles(frame, into.idleEnergyJ, count);
    FrameArrays.getInts(frame, into.flags, count);
    return energyJ;
  }

  /** The client's side: checks that the frame ends after its last section and the notices. */
  public static void end(FrameBuffer frame) {
    ByteBuffer bytes = frame.bytes();
    int notices = bytes.getInt(NOTICES_AT);
    FramePayload.require(bytes, notices);
    bytes.position(bytes.position() + notices);
    FramePayload.end(frame.bytes());
  }
}
