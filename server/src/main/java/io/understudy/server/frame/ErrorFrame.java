package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import io.understudy.proto.v1.WireError;
import java.nio.ByteBuffer;

/**
 * The end of a session against the client's will.
 *
 * @param code what kind of error
 * @param text the thing, its value, and what was expected
 */
public record ErrorFrame(WireError code, String text) {
  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence, long timeFs) {
    byte[] message = FramePayload.utf8(text);
    ByteBuffer bytes =
        frame.start(FrameType.FRAME_TYPE_ERROR_VALUE, sequence, timeFs, 8L + message.length);
    bytes.putShort((short) code.getNumber()).putShort((short) 0);
    bytes.putInt(message.length).put(message);
    frame.finish();
  }

  /** Decodes the frame; a code that is not known reads as unspecified. */
  public static ErrorFrame decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_ERROR_VALUE);
    FramePayload.require(bytes, 8);
    WireError code = WireError.forNumber(Short.toUnsignedInt(bytes.getShort()));
    bytes.getShort();
    String text = FramePayload.text(bytes, bytes.getInt(), "text");
    FramePayload.end(bytes);
    return new ErrorFrame(code == null ? WireError.WIRE_ERROR_UNSPECIFIED : code, text);
  }
}
