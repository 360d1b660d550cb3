package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;

/**
 * The end of the simulation.
 *
 * @param timeFs its time in fs
 */
public record Close(long timeFs) {
  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence) {
    frame.start(FrameType.FRAME_TYPE_CLOSE_VALUE, sequence, timeFs, 0);
    frame.finish();
  }

  /** Decodes the frame. */
  public static Close decode(ByteBuffer frame) {
    FramePayload.end(FramePayload.begin(frame, FrameType.FRAME_TYPE_CLOSE_VALUE));
    return new Close(FrameHeader.timeFs(frame));
  }
}
