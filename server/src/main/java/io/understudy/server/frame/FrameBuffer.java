package io.understudy.server.frame;

import io.understudy.proto.v1.WireConstant;
import io.understudy.proto.v1.WireError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.zip.CRC32C;

/**
 * Memory for one frame, which starts at index 0: grows when it must and is reused, with views for
 * whole arrays. All arrays of the protocol lie at multiples of their element's size, so that the
 * views reach them.
 *
 * <p>Not thread-safe.
 */
public final class FrameBuffer {
  /** Bytes of the longest frame with its length field. */
  public static final int MAX_BYTES = WireConstant.WIRE_MAX_FRAME_BYTES_VALUE + Integer.BYTES;

  private static final int INITIAL_BYTES = 4096;

  private final CRC32C crc = new CRC32C();
  private ByteBuffer bytes;
  private IntBuffer ints;
  private LongBuffer longs;
  private DoubleBuffer doubles;

  /** A buffer with room for small frames. */
  public FrameBuffer() {
    allocate(INITIAL_BYTES);
  }

  /** The bytes, little-endian; position and limit are the user's. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** The same memory as u32, index 0 at byte 0. */
  IntBuffer ints() {
    return ints;
  }

  /** The same memory as i64, index 0 at byte 0. */
  LongBuffer longs() {
    return longs;
  }

  /** The same memory as f64, index 0 at byte 0. */
  DoubleBuffer doubles() {
    return doubles;
  }

  /**
   * Makes room for so many bytes from index 0; the bytes up to the position stay.
   *
   * @throws FrameException when that is more than a frame may have
   */
  public void reserve(long capacity) {
    if (capacity <= bytes.capacity()) {
      return;
    }
    if (capacity > MAX_BYTES) {
      throw FrameException.of(
          WireError.WIRE_ERROR_LIMIT,
          "frame",
          capacity - Integer.BYTES + " bytes",
          "at most " + WireConstant.WIRE_MAX_FRAME_BYTES_VALUE);
    }
    ByteBuffer old = bytes;
    long grown = Math.max(capacity, Math.min(2L * old.capacity(), MAX_BYTES));
    // A multiple of 8, so that the last element of each view is whole.
    allocate((int) ((grown + 7) / 8 * 8));
    bytes.put(old.flip());
  }

  /**
   * Starts a frame: writes its header, makes room for its payload and leaves the position at the
   * payload's start.
   *
   * @param type a value of {@link io.understudy.proto.v1.FrameType}
   * @param payloadBytes room for the payload
   * @throws FrameException when the frame would be too long
   */
  public ByteBuffer start(int type, long sequence, long timeFs, long payloadBytes) {
    bytes.clear();
    reserve(FrameHeader.BYTES + payloadBytes + FrameCheck.TRAILER_BYTES);
    FrameHeader.write(bytes, type, sequence, timeFs);
    return bytes;
  }

  /**
   * Ends a frame at the position: writes its length, checks and checksum, and makes it ready to be
   * read from 0.
   */
  public ByteBuffer finish() {
    int end = bytes.position();
    reserve((long) end + FrameCheck.TRAILER_BYTES);
    FrameHeader.seal(bytes, end + FrameCheck.TRAILER_BYTES);
    bytes.putInt(FrameCheck.crc(crc, bytes, end));
    return bytes.flip();
  }

  /** Checks that a complete frame's bytes are those that were sent. */
  void verify() {
    FrameCheck.verify(crc, bytes);
  }

  /** Takes over a complete frame of another buffer, ready to be read from 0. */
  public void copy(FrameBuffer other) {
    ByteBuffer from = other.bytes().duplicate();
    from.position(0).limit(FrameHeader.frameBytes(other.bytes()));
    bytes.clear();
    reserve(from.remaining());
    bytes.put(from).flip();
  }

  private void allocate(int capacity) {
    bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    ints = bytes.asIntBuffer();
    longs = bytes.asLongBuffer();
    doubles = bytes.asDoubleBuffer();
  }
}
