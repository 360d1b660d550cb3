package io.understudy.server.frame;

import io.understudy.proto.v1.WireConstant;
import io.understudy.proto.v1.WireError;
import java.nio.ByteBuffer;

/**
 * Puts frames together from a stream's pieces. The header is checked as soon as it is there, so
 * that a frame that is too long is refused before its body is read; memory grows with the bytes
 * that have come, not with the length that was announced.
 *
 * <p>Use: while there are bytes, fill {@link #room}, then ask {@link #advance}; when that says
 * true, use {@link #frame} and {@link #clear}.
 */
public final class FrameAssembler {
  private final FrameBuffer frame = new FrameBuffer();
  private final int maxFrameBytes;
  private int wanted = FrameHeader.BYTES;
  private boolean headerChecked;

  /** Takes frames as long as the protocol has them. */
  public FrameAssembler() {
    this(WireConstant.WIRE_MAX_FRAME_BYTES_VALUE);
  }

  /**
   * @param maxFrameBytes longest frame that is taken, in bytes after its length field
   */
  public FrameAssembler(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /**
   * Room for bytes of the present frame: the position is where they go, the limit is at most {@code
   * available} further, and never beyond this frame.
   *
   * @param available bytes that could be put there, at least 1
   */
  public ByteBuffer room(int available) {
    ByteBuffer bytes = frame.bytes();
    int position = bytes.position();
    int end = (int) Math.min((long) position + available, wanted);
    frame.reserve(end);
    bytes = frame.bytes();
    return bytes.limit(end);
  }

  /**
   * Takes note of what was put into {@link #room}.
   *
   * @return true when the frame is complete
   * @throws FrameException when its header is refused, or its bytes are not those that were sent
   */
  public boolean advance() {
    ByteBuffer bytes = frame.bytes();
    if (bytes.position() < wanted) {
      return false;
    }
    if (!headerChecked) {
      FrameHeader.check(bytes);
      headerChecked = true;
      wanted = FrameHeader.frameBytes(bytes);
      if (wanted - Integer.BYTES > maxFrameBytes) {
        throw FrameException.of(
            WireError.WIRE_ERROR_FRAME_TOO_LONG,
            "frame length",
            wanted - Integer.BYTES,
            "at most " + maxFrameBytes + ", as this server is set");
      }
      if (bytes.position() < wanted) {
        return false;
      }
    }
    bytes.flip();
    frame.verify();
    return true;
  }

  /** The complete frame from index 0 to the limit; or its header, when that was refused. */
  public FrameBuffer frame() {
    return frame;
  }

  /** Makes ready for the next frame. */
  public void clear() {
    frame.bytes().clear();
    wanted = FrameHeader.BYTES;
    headerChecked = false;
  }

  /** Whether a frame has begun that is not complete. */
  public boolean isWithinFrame() {
    return frame.bytes().position() > 0;
  }
}
