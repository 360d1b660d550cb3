package io.understudy.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.frame.FrameAssembler;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutated frames: half of them as a network would garble them, half with checksums that fit, so
 * that they reach the decoders. The property {@code understudy.fuzz.frames} sets their number.
 */
class FrameFuzzTest {
  private static final long FRAMES = Long.getLong("understudy.fuzz.frames", 200_000);
  private static final long SEED = 20_260_101;

  @Test
  void survivesMutatedFramesAndHarmsNoOtherSession() {
    SessionHarness other = new SessionHarness().opened();
    Random random = new Random(SEED);
    long refused = 0;
    long answered = 0;
    long frames = 0;
    while (frames < FRAMES) {
      SessionHarness harness = new SessionHarness(other.host).opened();
      for (boolean open = true; open && frames < FRAMES; frames++) {
        encode(harness, random);
        mutate(harness.request.bytes(), random);
        open = deliver(harness);
        answered += open ? 1 : 0;
        refused += open ? 0 : 1;
      }
      harness.session.vanish();
    }
    assertTrue(refused > FRAMES / 4 && answered > FRAMES / 100, refused + " and " + answered);
    assertEquals(1, other.host.claims().size());
    other.pulses(0, 0, 1.5);
    assertEquals(FrameType.FRAME_TYPE_ANSWER_VALUE, FrameHeader.type(other.reply.bytes()));
  }

  private static void encode(SessionHarness harness, Random random) {
    long timeFs = random.nextInt(4) * 5_000_000L;
    if (random.nextInt(20) == 0) {
      harness.encodeClose(timeFs);
    } else {
      harness.encodePulses(timeFs, 0, random.nextDouble(), 2, random.nextGaussian());
    }
  }

  private static void mutate(ByteBuffer frame, Random random) {
    boolean fitting = random.nextBoolean();
    int mutations = 1 + random.nextInt(4);
    int end = frame.limit() - 4;
    for (int i = 0; i < mutations; i++) {
      int at = fitting ? 24 + random.nextInt(end - 24 + 1) : random.nextInt(frame.limit());
      if (at < frame.limit()) {
        frame.put(at, (byte) random.nextInt());
      }
    }
    if (fitting) {
      if (random.nextInt(4) == 0) {
        frame.put(5, (byte) random.nextInt(16));
      }
      end = random.nextInt(4) == 0 ? 24 + random.nextInt(end - 24 + 1) : end;
      frame.limit(frame.capacity()).position(end);
    }
  }

  /** Sends it through the assembler; false when the session has ended. */
  private static boolean deliver(SessionHarness harness) {
    ByteBuffer bytes = harness.request.bytes();
    if (bytes.position() > 0) {
      harness.request.finish();
    }
    FrameAssembler assembler = new FrameAssembler();
    ByteBuffer room = assembler.room(bytes.limit());
    try {
      while (bytes.hasRemaining()) {
        room = assembler.room(bytes.remaining());
        int count = Math.min(room.remaining(), bytes.remaining());
        room.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        if (assembler.advance()) {
          return harness.session.handle(assembler.frame(), harness.reply)
              == Session.Continuation.NEXT_FRAME;
        }
      }
      return false;
    } catch (FrameException e) {
      harness.session.refuse(e, assembler.frame().bytes(), harness.reply);
      return false;
    }
  }
}
