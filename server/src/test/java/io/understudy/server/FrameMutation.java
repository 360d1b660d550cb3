package io.understudy.server;

import io.understudy.server.frame.FrameBuffer;
import java.nio.ByteBuffer;
import java.util.Random;

/** Spoils an encoded frame: as a network would, or with checksums that fit. */
public final class FrameMutation {
  private static final int HEADER_BYTES = 24;
  private static final int TYPE_AT = 5;
  private static final int TYPES = 16;

  private FrameMutation() {}

  /** Mutates up to 4 bytes; where the checksums are to fit, sometimes the type or length too. */
  public static void mutate(FrameBuffer buffer, Random random) {
    ByteBuffer frame = buffer.bytes();
    boolean fitting = random.nextBoolean();
    int mutations = 1 + random.nextInt(4);
    int end = frame.limit() - Integer.BYTES;
    for (int i = 0; i < mutations; i++) {
      int at =
          fitting
              ? HEADER_BYTES + random.nextInt(end - HEADER_BYTES + 1)
              : random.nextInt(frame.limit());
      frame.put(at, (byte) random.nextInt());
    }
    if (!fitting) {
      return;
    }
    if (random.nextInt(4) == 0) {
      frame.put(TYPE_AT, (byte) random.nextInt(TYPES));
    }
    boolean cut = random.nextInt(4) == 0;
    end = cut ? HEADER_BYTES + random.nextInt(end - HEADER_BYTES + 1) : end;
    frame.limit(frame.capacity()).position(end);
    buffer.finish();
  }
}
