package io.understudy.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.understudy.proto.v1.Frame;
import io.understudy.proto.v1.FrameType;
import io.understudy.server.FrameMutation;
import io.understudy.server.HeapInUse;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.StepFrame;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.event.StepRows;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated messages over real gRPC calls: spoilt frames, pieces of them, and noise. The property
 * {@code understudy.fuzz.messages} sets their number.
 */
class CrossingGrpcFuzzTest {
  private static final long MESSAGES = Long.getLong("understudy.fuzz.messages", 4_000);
  private static final long SEED = 20_260_102;
  private static final long MOST_GROWN_BYTES = 16 << 20;
  private static final BankShape SHAPE = new BankShape("tb.r", 2, 3, true);

  @TempDir private Path folder;
  private final FrameBuffer frame = new FrameBuffer();
  private final StepRows rows = new StepRows(3, true);
  private long refused;

  @Test
  @Timeout(600)
  void survivesMutatedMessagesAndHarmsNoOtherCall(TestReporter reporter) throws Exception {
    Random random = new Random(SEED);
    rows.reserveRows(2);
    rows.rows = 2;
    ServerConfig config =
        ServerConfig.of(TestModels.FOLDER, new ListenAddress.Unix(folder.resolve("s")))
            .withGrpc(new ListenAddress.Tcp("127.0.0.1", 0));
    try (UnderstudyServer server =
            UnderstudyServer.start(
                config, TestModels.circuits(), new SumBackend(), SessionListener.NONE);
        GrpcFrames other = new GrpcFrames(server.grpcAddress().orElseThrow())) {
      open(other);
      ManagedChannel channel = GrpcFrames.channel(server.grpcAddress().orElseThrow());
      long settledBytes = 0;
      long messages = 0;
      while (messages < MESSAGES) {
        if (messages >= MESSAGES / 4 && settledBytes == 0) {
          settledBytes = HeapInUse.bytes();
        }
        messages += session(channel, random);
      }
      channel.shutdownNow();
      long grownBytes = HeapInUse.bytes() - settledBytes;
      reporter.publishEntry(
          Map.of(
              "messages", Long.toString(messages),
              "refused", Long.toString(refused),
              "memory_bytes", Long.toString(settledBytes),
              "memory_grown_bytes", Long.toString(grownBytes)));
      assertTrue(refused > MESSAGES / 4, refused + " refused");
      assertTrue(grownBytes < MOST_GROWN_BYTES, "memory grew by " + grownBytes + " bytes");
      step(3, 0);
      other.send(frame);
      assertEquals(FrameType.FRAME_TYPE_ANSWER_VALUE, FrameHeader.type(other.frame().bytes()));
      assertEquals(1, server.openSessions());
    }
  }

  private void open(GrpcFrames call) throws InterruptedException {
    new Hello("fuzz").encode(frame, 1);
    call.send(frame);
    call.frame();
    new Open(2, TestModels.HELD, SHAPE.path(), "").encode(frame, 2);
    call.send(frame);
    assertEquals(FrameType.FRAME_TYPE_OPENED_VALUE, FrameHeader.type(call.frame().bytes()));
  }

  private void step(long sequence, double input) {
    rows.inputs[0] = input;
    StepFrame.start(frame, sequence, (sequence - 3) * TestModels.HELD_PERIOD_FS, 1);
    StepFrame.append(frame, 0, SHAPE, rows);
    frame.finish();
  }

  /** One call, until it is refused; returns how many messages it took. */
  private long session(ManagedChannel channel, Random random) throws InterruptedException {
    try (GrpcFrames call = new GrpcFrames(channel)) {
      if (random.nextInt(4) != 0) {
        open(call);
      }
      for (long sequence = 3; ; sequence++) {
        step(sequence, random.nextGaussian());
        call.send(message(random));
        Object reply = call.next();
        boolean goesOn =
            reply instanceof Frame answer
                && answer.getFrame().byteAt(5) == FrameType.FRAME_TYPE_ANSWER_VALUE;
        if (!goesOn) {
          refused++;
          // An ERROR frame, then the end of the call: its session has left by then.
          while (!GrpcFrames.ENDED.equals(reply) && !(reply instanceof Throwable)) {
            reply = call.next();
          }
          return sequence - 2;
        }
      }
    }
  }

  private ByteString message(Random random) {
    if (random.nextInt(8) == 0) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      return ByteString.copyFrom(noise);
    }
    FrameMutation.mutate(frame, random);
    ByteString bytes = ByteString.copyFrom(frame.bytes().duplicate());
    return random.nextInt(8) == 0 ? bytes.substring(0, random.nextInt(bytes.size())) : bytes;
  }
}
