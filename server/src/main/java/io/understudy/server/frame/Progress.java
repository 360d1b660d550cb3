package io.understudy.server.frame;

import java.nio.ByteBuffer;

/**
 * How far a checkpoint has come: in SAVE where the next part begins, in RESTORED what is there.
 *
 * @param offset bytes, at least 0
 */
public record Progress(long offset) {
  /**
   * Encodes the frame.
   *
   * @param type SAVE or RESTORED
   */
  public void encode(FrameBuffer frame, int type, long sequence) {
    frame.start(type, sequence, 0, Long.BYTES).putLong(offset);
    frame.finish();
  }

  /** Decodes the frame. */
  public static Progress decode(ByteBuffer frame, int type) {
    ByteBuffer bytes = FramePayload.begin(frame, type);
    FramePayload.require(bytes, Long.BYTES);
    Progress progress = new Progress(bytes.getLong());
    FramePayload.end(bytes);
    if (progress.offset < 0) {
      throw FrameException.protocol(
          FrameHeader.typeName(type) + " frame's offset", progress.offset, "at least 0");
    }
    return progress;
  }
}
