package io.understudy.server.frame;

import io.understudy.proto.v1.BankFlag;
import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to {@link Open}.
 *
 * @param bank the number by which STEP names the bank
 * @param sharedInputs the inputs are shared by all instances and are sent once
 * @param heldInputs only a change of an input is an event
 * @param restorable the bank can be saved and restored
 * @param periodFs the clock period in fs
 * @param minLatencyFs the minimum latency in fs, 0 where it is not stated
 * @param identity tells models apart: the same number gives the same bits
 * @param inputs the input ports
 * @param outputs the output ports
 */
public record Opened(
    int bank,
    boolean sharedInputs,
    boolean heldInputs,
    boolean restorable,
    long periodFs,
    long minLatencyFs,
    long identity,
    List<WirePort> inputs,
    List<WirePort> outputs) {
  private static final int FIXED_BYTES = 40;

  public Opened {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Input values of one row. */
  public int inputWidth() {
    return inputs.stream().mapToInt(WirePort::elements).sum();
  }

  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    int ports =
        inputs.stream().mapToInt(WirePort::paddedBytes).sum()
            + outputs.stream().mapToInt(WirePort::paddedBytes).sum();
    ByteBuffer bytes =
        frame.start(FrameType.FRAME_TYPE_OPENED_VALUE, sequence, 0, FIXED_BYTES + ports);
    int flags =
        (sharedInputs ? BankFlag.BANK_FLAG_SHARED_INPUTS_VALUE : 0)
            | (heldInputs ? BankFlag.BANK_FLAG_HELD_INPUTS_VALUE : 0)
            | (restorable ? BankFlag.BANK_FLAG_RESTORABLE_VALUE : 0);
    bytes.putInt(bank).putInt(flags).putLong(periodFs).putLong(minLatencyFs);
    bytes.putInt(inputs.size()).putInt(outputs.size());
    bytes.putLong(identity);
    inputs.forEach(port -> port.encode(bytes));
    outputs.forEach(port -> port.encode(bytes));
    frame.finish();
  }

  /** Decodes the frame. */
  public static Opened decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_OPENED_VALUE);
    FramePayload.require(bytes, FIXED_BYTES);
    int bank = bytes.getInt();
    int flags = bytes.getInt();
    long periodFs = bytes.getLong();
    long minLatencyFs = bytes.getLong();
    int inputCount = bytes.getInt();
    int outputCount = bytes.getInt();
    long identity = bytes.getLong();
    List<WirePort> inputs = ports(bytes, inputCount);
    List<WirePort> outputs = ports(bytes, outputCount);
    FramePayload.end(bytes);
    return new Opened(
        bank,
        (flags & BankFlag.BANK_FLAG_SHARED_INPUTS_VALUE) != 0,
        (flags & BankFlag.BANK_FLAG_HELD_INPUTS_VALUE) != 0,
        (flags & BankFlag.BANK_FLAG_RESTORABLE_VALUE) != 0,
        periodFs,
        minLatencyFs,
        identity,
        inputs,
        outputs);
  }

  private static List<WirePort> ports(ByteBuffer bytes, int count) {
    FramePayload.require(bytes, (long) count * WirePort.RECORD_BYTES);
    List<WirePort> ports = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ports.add(WirePort.decode(bytes));
    }
    return ports;
  }
}
