package io.understudy.server.frame;

import io.understudy.proto.v1.PortFlag;
import java.nio.ByteBuffer;

/**
 * One port of a bank, as OPENED describes it: value = code x lsb + offset, then clamped to [min,
 * max].
 *
 * @param name the port's name
 * @param elements elements, 1 for a scalar
 * @param bits of one element's digital code
 * @param signed two's complement when true
 * @param event an output that is an event, not a level
 * @param lsb value of one step of the code
 * @param offset value of code 0
 * @param min smallest value
 * @param max largest value
 */
public record WirePort(
    String name,
    int elements,
    int bits,
    boolean signed,
    boolean event,
    double lsb,
    double offset,
    double min,
    double max) {
  static final int RECORD_BYTES = 48;

  int paddedBytes() {
    return RECORD_BYTES + FramePayload.padded(FramePayload.utf8(name).length);
  }

  void encode(ByteBuffer bytes) {
    byte[] text = FramePayload.utf8(name);
    int flags =
        (signed ? PortFlag.PORT_FLAG_SIGNED_VALUE : 0)
            | (event ? PortFlag.PORT_FLAG_EVENT_VALUE : 0);
    bytes.putInt(elements).putInt(bits).putInt(flags).putInt(text.length);
    bytes.putDouble(lsb).putDouble(offset).putDouble(min).putDouble(max).put(text);
    while (bytes.position() % 8 != 0) {
      bytes.put((byte) 0);
    }
  }

  static WirePort decode(ByteBuffer bytes) {
    FramePayload.require(bytes, RECORD_BYTES);
    int elements = bytes.getInt();
    int bits = bytes.getInt();
    int flags = bytes.getInt();
    int nameBytes = bytes.getInt();
    double lsb = bytes.getDouble();
    double offset = bytes.getDouble();
    double min = bytes.getDouble();
    double max = bytes.getDouble();
    String name = FramePayload.text(bytes, nameBytes, "port's name");
    int padding = FramePayload.padded(bytes.position()) - bytes.position();
    FramePayload.require(bytes, padding);
    bytes.position(bytes.position() + padding);
    return new WirePort(
        name,
        elements,
        bits,
        (flags & PortFlag.PORT_FLAG_SIGNED_VALUE) != 0,
        (flags & PortFlag.PORT_FLAG_EVENT_VALUE) != 0,
        lsb,
        offset,
        min,
        max);
  }
}
