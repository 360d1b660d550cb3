package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;

/**
 * The wish for a bank of instances of one circuit.
 *
 * @param instances unsigned; its bounds are the session's to check
 * @param circuit the circuit's name
 * @param path the bank's path in the simulator
 * @param parameterTable CSV text, may be empty
 */
public record Open(long instances, String circuit, String path, String parameterTable) {
  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    byte[] name = FramePayload.shortUtf8(circuit, "circuit's name");
    byte[] place = FramePayload.shortUtf8(path, "bank's path");
    byte[] table = FramePayload.utf8(parameterTable);
    ByteBuffer bytes =
        frame.start(
            FrameType.FRAME_TYPE_OPEN_VALUE,
            sequence,
            0,
            16L + name.length + place.length + table.length);
    bytes.putInt((int) instances).putInt(table.length);
    bytes.putShort((short) name.length).putShort((short) place.length).putInt(0);
    bytes.put(name).put(place).put(table);
    frame.finish();
  }

  /** Decodes the frame. */
  public static Open decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_OPEN_VALUE);
    Open open = read(bytes);
    FramePayload.end(bytes);
    return open;
  }

  /** Reads a payload from the position on. */
  static Open read(ByteBuffer bytes) {
    FramePayload.require(bytes, 16);
    long instances = Integer.toUnsignedLong(bytes.getInt());
    long tableBytes = Integer.toUnsignedLong(bytes.getInt());
    int nameBytes = Short.toUnsignedInt(bytes.getShort());
    int pathBytes = Short.toUnsignedInt(bytes.getShort());
    FramePayload.reserved(bytes);
    FramePayload.require(bytes, nameBytes + pathBytes + tableBytes);
    String circuit = FramePayload.text(bytes, nameBytes, "circuit's name");
    String path = FramePayload.text(bytes, pathBytes, "bank's path");
    String table = FramePayload.text(bytes, (int) tableBytes, "parameter table");
    return new Open(instances, circuit, path, table);
  }
}
