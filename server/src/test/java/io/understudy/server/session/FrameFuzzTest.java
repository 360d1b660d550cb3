package io.understudy.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.FrameMutation;
import io.understudy.server.HeapInUse;
import io.understudy.server.frame.FrameAssembler;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Mutated frames: half of them as a network would garble them, half with checksums that fit, so
 * that they reach the decoders. The property {@code understudy.fuzz.frames} sets their number.
 */
class FrameFuzzTest {
  private static final long FRAMES = Long.getLong("understudy.fuzz.frames", 200_000);

  /** What the virtual machine itself may add between two collections. */
  private static final long MOST_GROWN_BYTES = 4 << 20;

  private static final long SEED = 20_260_101;

  @Test
  void survivesMutatedFramesAndHarmsNoOtherSession(TestReporter reporter) {
    SessionHarness other = new SessionHarness().opened();
    Random random = new Random(SEED);
    long refused = 0;
    long answered = 0;
    long frames = 0;
    long settledBytes = 0;
    while (frames < FRAMES) {
      SessionHarness harness = new SessionHarness(other.host).opened();
      if (frames >= FRAMES / 10 && settledBytes == 0) {
        settledBytes = HeapInUse.bytes();
      }
      for (boolean open = true; open && frames < FRAMES; frames++) {
        encode(harness, random);
        FrameMutation.mutate(harness.request, random);
        open = deliver(harness);
        answered += open ? 1 : 0;
        refused += open ? 0 : 1;
      }
      harness.session.vanish();
    }
    assertTrue(refused > FRAMES / 4 && answered > FRAMES / 100, refused + " and " + answered);
    long grownBytes = HeapInUse.bytes() - settledBytes;
    reporter.publishEntry(
        Map.of(
            "frames", Long.toString(frames),
            "refused", Long.toString(refused),
            "memory_bytes", Long.toString(settledBytes),
            "memory_grown_bytes", Long.toString(grownBytes)));
    assertTrue(grownBytes < MOST_GROWN_BYTES, "memory grew by " + grownBytes + " bytes");
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

  /** Sends it through the assembler; false when the session has ended. */
  private static boolean deliver(SessionHarness harness) {
    ByteBuffer bytes = harness.request.bytes();
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
