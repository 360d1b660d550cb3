package io.understudy.server.frame;

import io.understudy.proto.v1.BankFlag;
import io.understudy.proto.v1.FrameType;
import io.understudy.proto.v1.WireError;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;

/**
 * Reads STEP section by section, straight into the rows of each bank; allocates nothing once the
 * rows have grown.
 *
 * <p>Use: {@link #begin}, then for each of the {@link #sections} {@link #nextBank} and {@link
 * #read}, then {@link #end}.
 */
public final class StepFrame {
  static final int SECTION_BYTES = 16;

  private FrameBuffer frame;
  private ByteBuffer bytes;
  private int sections;
  private long rows;
  private int flags;

  /** Starts to read a frame. */
  public void begin(FrameBuffer step) {
    frame = step;
    bytes = FramePayload.begin(step.bytes(), FrameType.FRAME_TYPE_STEP_VALUE);
    FramePayload.require(bytes, 8);
    sections = bytes.getInt();
    FramePayload.reserved(bytes);
    FramePayload.require(bytes, Integer.toUnsignedLong(sections) * SECTION_BYTES);
  }

  /** Number of sections. */
  public int sections() {
    return sections;
  }

  /** Reads the next section's header; the bank's number, unsigned. */
  public long nextBank() {
    FramePayload.require(bytes, SECTION_BYTES);
    long bank = Integer.toUnsignedLong(bytes.getInt());
    rows = Integer.toUnsignedLong(bytes.getInt());
    flags = bytes.getInt();
    FramePayload.reserved(bytes);
    return bank;
  }

  /**
   * Reads the section's rows.
   *
   * @param shape of the bank that {@link #nextBank} named
   * @param into gets {@code rows}, {@code instance} and {@code inputs}; not checked: the values
   */
  public void read(BankShape shape, StepRows into) {
    boolean all = (flags & BankFlag.BANK_FLAG_ALL_ROWS_VALUE) != 0;
    checkHeader(shape, all);
    int count = (int) rows;
    int values = (int) shape.inputValues(count);
    into.reserveRows(count);
    into.rows = count;
    if (all) {
      for (int i = 0; i < count; i++) {
        into.instance[i] = i;
      }
    } else {
      FrameArrays.getInts(frame, into.instance, count);
      checkAscending(shape, into.instance, count);
    }
    FrameArrays.getDoubles(frame, into.inputs, values);
  }

  /** Checks that the frame ends after its last section. */
  public void end() {
    FramePayload.end(bytes);
  }

  private void checkHeader(BankShape shape, boolean all) {
    if ((flags & ~BankFlag.BANK_FLAG_ALL_ROWS_VALUE) != 0) {
      throw FrameException.protocol(shape.path() + ": section flags", flags, "0 or 1");
    }
    if (rows > shape.instances() || (all && rows != shape.instances())) {
      throw FrameException.of(
          WireError.WIRE_ERROR_BAD_INPUT,
          shape.path() + ": rows",
          rows,
          all ? "all " + shape.instances() + " instances" : "at most " + shape.instances());
    }
    long values = shape.inputValues((int) rows);
    FramePayload.require(bytes, (all ? 0 : rows * Integer.BYTES) + values * Double.BYTES);
  }

  private static void checkAscending(BankShape shape, int[] instance, int count) {
    int last = -1;
    for (int i = 0; i < count; i++) {
      int number = instance[i];
      // A number of 2^31 or more is negative here and caught by the first comparison.
      if (number <= last || number >= shape.instances()) {
        throw FrameException.of(
            WireError.WIRE_ERROR_BAD_INPUT,
            shape.path() + ": instance",
            Integer.toUnsignedString(number),
            (last + 1) + " to " + (shape.instances() - 1) + ", in ascending order");
      }
      last = number;
    }
  }

  /** Bytes of a section with the rows at hand, at the given place in a frame. */
  private static long sectionEnd(BankShape shape, StepRows rows, long at) {
    boolean all = rows.rows == shape.instances();
    long list = at + SECTION_BYTES + (all ? 0 : (long) rows.rows * Integer.BYTES);
    return (list + 7) / 8 * 8 + shape.inputValues(rows.rows) * Double.BYTES;
  }

  /** The client's side: starts a frame of so many sections, to be followed by {@link #append}. */
  public static void start(FrameBuffer frame, long sequence, long timeFs, int sections) {
    ByteBuffer bytes = frame.start(FrameType.FRAME_TYPE_STEP_VALUE, sequence, timeFs, 8);
    bytes.putInt(sections).putInt(0);
  }

  /** The client's side: appends a section; after the last, {@link FrameBuffer#finish}. */
  public static void append(FrameBuffer frame, int bank, BankShape shape, StepRows rows) {
    int at = frame.bytes().position();
    frame.reserve(sectionEnd(shape, rows, at));
    ByteBuffer bytes = frame.bytes();
    boolean all = rows.rows == shape.instances();
    bytes.putInt(bank).putInt(rows.rows);
    bytes.putInt(all ? BankFlag.BANK_FLAG_ALL_ROWS_VALUE : 0).putInt(0);
    if (!all) {
      FrameArrays.putInts(frame, rows.instance, rows.rows);
    }
    FrameArrays.putDoubles(frame, rows.inputs, (int) shape.inputValues(rows.rows));
  }
}
