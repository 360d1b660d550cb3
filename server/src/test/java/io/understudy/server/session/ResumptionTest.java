package io.understudy.server.session;

import static io.understudy.proto.v1.WireError.WIRE_ERROR_CHECKPOINT;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_SEQUENCE;
import static io.understudy.proto.v1.WireError.WIRE_ERROR_SESSION;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.frame.Chunk;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Progress;
import io.understudy.server.frame.SessionToken;
import io.understudy.server.frame.Welcome;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A frame that is repeated, a session that is claimed twice, and a backend without checkpoints. */
class ResumptionTest {
  private final SessionHarness harness = new SessionHarness();

  @Test
  void answersARepeatedFrameWithTheSameBytesAndEvaluatesItOnce() {
    harness.opened().pulses(0, 0, 1.5);
    byte[] first = bytes(harness.reply);
    harness.expect(FrameType.FRAME_TYPE_ANSWER_VALUE);
    assertArrayEquals(first, bytes(harness.reply));
    harness.encodeClose(0);
    harness.expect(FrameType.FRAME_TYPE_SUMMARY_VALUE);
    assertEquals(1, harness.reply.bytes().getLong(32 + 8), "crossings");
  }

  @Test
  void refusesOtherBytesUnderTheSameSequence() {
    harness.opened().pulses(0, 0, 1.5);
    harness.sequence--;
    harness.encodePulses(0, 0, 2.5);
    assertEquals(
        "frame 4: again, with other bytes (expected: the same frame, or the next)",
        harness.refusal(WIRE_ERROR_SEQUENCE));
  }

  @Test
  void refusesAFrameFromTheFuture() {
    harness.opened().sequence += 7;
    harness.encodePulses(0, 0, 1);
    assertEquals("STEP frame's sequence: 11 (expected: 4)", harness.refusal(WIRE_ERROR_SEQUENCE));
  }

  @Test
  void refusesASessionThatAnotherConnectionHas() {
    harness.hello();
    SessionToken token = Welcome.decode(harness.reply.bytes()).token();
    assertNotEquals(SessionToken.NONE, token);
    Session second = new Session(2, harness.host);
    FrameBuffer request = new FrameBuffer();
    FrameBuffer reply = new FrameBuffer();
    new Hello("second", token, "").encode(request, 1);
    assertEquals(Session.Continuation.CLOSE, second.handle(request, reply));
    assertEquals(WIRE_ERROR_SESSION.getNumber(), reply.bytes().getShort(24));
    assertEquals(1, harness.host.claims().size());
    harness.open(
        new io.understudy.server.frame.Open(
            4,
            io.understudy.server.TestModels.PULSE,
            "tb.n",
            io.understudy.server.TestModels.biased(4)));

    harness.session.vanish();
    Session third = new Session(3, harness.host);
    new Hello("third", token, "").encode(request, 1);
    assertEquals(Session.Continuation.NEXT_FRAME, third.handle(request, reply));
    assertEquals(token, Welcome.decode(reply.bytes()).token());
    third.vanish();
    assertEquals(0, harness.host.claims().size());
  }

  @Test
  void refusesACheckpointOfABackendThatHasNone() {
    harness.opened();
    new Progress(0).encode(harness.request, FrameType.FRAME_TYPE_SAVE_VALUE, harness.sequence);
    assertTrue(
        harness
            .refusal(WIRE_ERROR_CHECKPOINT)
            .contains("tb.n: backend: its state cannot be saved"));
  }

  /** So that a client whose RESTORE was doubled on its way makes another attempt. */
  @Test
  void refusesRestoreBesideBanksAsAFrameOutOfSequence() {
    harness.opened();
    new Chunk(8, 0, ByteBuffer.allocate(8))
        .encode(harness.request, FrameType.FRAME_TYPE_RESTORE_VALUE, harness.sequence);
    assertEquals("RESTORE: 2 banks (expected: none yet)", harness.refusal(WIRE_ERROR_SEQUENCE));
  }

  private static byte[] bytes(FrameBuffer frame) {
    byte[] bytes = new byte[FrameHeader.frameBytes(frame.bytes())];
    frame.bytes().get(0, bytes);
    return bytes;
  }
}
