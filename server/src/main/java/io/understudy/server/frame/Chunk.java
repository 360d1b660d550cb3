package io.understudy.server.frame;

import io.understudy.proto.v1.WireConstant;
import java.nio.ByteBuffer;

/**
 * A part of a checkpoint, in SAVED or RESTORE.
 *
 * @param total bytes of the whole
 * @param offset where the part belongs
 * @param bytes the part
 */
public record Chunk(long total, long offset, ByteBuffer bytes) {
  /** Most bytes of a part. */
  public static final int MAX_BYTES = WireConstant.WIRE_MAX_CHUNK_BYTES_VALUE;

  private static final int FIXED_BYTES = 16;

  /**
   * Encodes the frame; the part's position moves to its limit.
   *
   * @param type SAVED or RESTORE
   */
  public void encode(FrameBuffer frame, int type, long sequence) {
    ByteBuffer out = frame.start(type, sequence, 0, (long) FIXED_BYTES + bytes.remaining());
    out.putLong(total).putLong(offset).put(bytes);
    frame.finish();
  }

  /** Decodes the frame; the part is a view of it. */
  public static Chunk decode(ByteBuffer frame, int type) {
    ByteBuffer bytes = FramePayload.begin(frame, type);
    FramePayload.require(bytes, FIXED_BYTES);
    long total = bytes.getLong();
    long offset = bytes.getLong();
    int count = bytes.remaining();
    if (offset < 0 || count > MAX_BYTES || offset > total - count || count == 0 && offset < total) {
      throw FrameException.protocol(
          FrameHeader.typeName(type) + " frame",
          count + " bytes at " + offset + " of " + total,
          "1 to " + MAX_BYTES + " within the whole");
    }
    return new Chunk(total, offset, bytes.slice());
  }
}
