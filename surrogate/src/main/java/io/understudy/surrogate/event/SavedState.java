package io.understudy.surrogate.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The pieces that banks' states are saved as; what is too short or malformed is refused. */
public final class SavedState {
  private static final int TOTALS_BYTES = 12 * Long.BYTES + 1;
  private static final int OUTSIDE_BYTES = 48;

  private SavedState() {}

  /** Bytes of the totals. */
  public static long bytes(BankTotals totals) {
    OutsideRange outside = totals.firstOutside;
    return TOTALS_BYTES + (outside == null ? 0 : OUTSIDE_BYTES + utf8(outside.quantity()).length);
  }

  /** Writes totals. */
  public static void save(BankTotals totals, ByteBuffer into) {
    into.putLong(totals.crossings).putLong(totals.e1).putLong(totals.e2).putLong(totals.e3);
    into.putLong(totals.idlePeriods).putLong(totals.outputs);
    into.putDouble(totals.dynamicJ).putDouble(totals.staticJ);
    into.putDouble(totals.latencySumS).putDouble(totals.latencyMaxS);
    into.putLong(totals.flagged).putLong(totals.outside);
    OutsideRange outside = totals.firstOutside;
    into.put((byte) (outside == null ? 0 : 1));
    if (outside != null) {
      byte[] quantity = utf8(outside.quantity());
      into.putInt(outside.instance()).putLong(outside.step()).putInt(outside.kind().ordinal());
      into.putDouble(outside.value()).putDouble(outside.min()).putDouble(outside.max());
      into.putLong(quantity.length).put(quantity);
    }
  }

  /** Reads totals. */
  public static void restore(BankTotals totals, ByteBuffer from) {
    require(from, TOTALS_BYTES);
    totals.crossings = from.getLong();
    totals.e1 = from.getLong();
    totals.e2 = from.getLong();
    totals.e3 = from.getLong();
    totals.idlePeriods = from.getLong();
    totals.outputs = from.getLong();
    totals.dynamicJ = from.getDouble();
    totals.staticJ = from.getDouble();
    totals.latencySumS = from.getDouble();
    totals.latencyMaxS = from.getDouble();
    totals.flagged = from.getLong();
    totals.outside = from.getLong();
    totals.firstOutside = from.get() == 0 ? null : outside(from);
  }

  private static OutsideRange outside(ByteBuffer from) {
    require(from, OUTSIDE_BYTES);
    int instance = from.getInt();
    long step = from.getLong();
    int kind = from.getInt();
    double value = from.getDouble();
    double min = from.getDouble();
    double max = from.getDouble();
    long length = from.getLong();
    require(from, length);
    if (kind < 0 || kind >= EventKind.values().length) {
      throw new EvaluationException(
          "saved event's kind: "
              + kind
              + " (expected: 0 to "
              + (EventKind.values().length - 1)
              + ")");
    }
    byte[] quantity = new byte[(int) length];
    from.get(quantity);
    return new OutsideRange(
        instance,
        step,
        EventKind.values()[kind],
        new String(quantity, StandardCharsets.UTF_8),
        value,
        min,
        max);
  }

  public static void save(double[] values, ByteBuffer into) {
    into.asDoubleBuffer().put(values);
    into.position(into.position() + values.length * Double.BYTES);
  }

  /** Fills the array. */
  public static void restore(double[] values, ByteBuffer from) {
    require(from, (long) values.length * Double.BYTES);
    from.asDoubleBuffer().get(values);
    from.position(from.position() + values.length * Double.BYTES);
  }

  public static void save(long[] values, ByteBuffer into) {
    into.asLongBuffer().put(values);
    into.position(into.position() + values.length * Long.BYTES);
  }

  /** Fills the array. */
  public static void restore(long[] values, ByteBuffer from) {
    require(from, (long) values.length * Long.BYTES);
    from.asLongBuffer().get(values);
    from.position(from.position() + values.length * Long.BYTES);
  }

  public static void save(boolean[] values, ByteBuffer into) {
    for (boolean value : values) {
      into.put((byte) (value ? 1 : 0));
    }
  }

  /** Fills the array. */
  public static void restore(boolean[] values, ByteBuffer from) {
    require(from, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = from.get() != 0;
    }
  }

  /** Writes the first {@code count} numbers and how many they are. */
  public static void save(int[] values, int count, ByteBuffer into) {
    into.putInt(count);
    into.asIntBuffer().put(values, 0, count);
    into.position(into.position() + count * Integer.BYTES);
  }

  /**
   * Reads instance numbers.
   *
   * @param instances they are ascending and below it
   */
  public static int[] restoreInstances(int instances, ByteBuffer from) {
    require(from, Integer.BYTES);
    int count = from.getInt();
    if (count < 0 || count > instances) {
      throw new EvaluationException(
          "saved instances: " + count + " (expected: 0 to " + instances + ")");
    }
    require(from, (long) count * Integer.BYTES);
    int[] values = new int[count];
    int last = -1;
    for (int i = 0; i < count; i++) {
      values[i] = from.getInt();
      if (values[i] <= last || values[i] >= instances) {
        throw new EvaluationException(
            "saved instance: "
                + values[i]
                + " (expected: "
                + (last + 1)
                + " to "
                + (instances - 1)
                + ")");
      }
      last = values[i];
    }
    return values;
  }

  /** Refuses bytes that are fewer than so many. */
  public static void require(ByteBuffer from, long bytes) {
    if (bytes < 0 || from.remaining() < bytes) {
      throw new EvaluationException(
          "saved state: " + from.remaining() + " bytes left (expected: " + bytes + ")");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
