package io.understudy.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.understudy.proto.v1.WireError;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.ServingLimits;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.access.Access;
import io.understudy.server.access.AccessToken;
import io.understudy.server.frame.AnswerFrame;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.Close;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.StepFrame;
import io.understudy.server.frame.Summary;
import io.understudy.server.frame.Welcome;
import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.server.session.SessionEnding;
import io.understudy.server.session.SessionLimits;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.event.StepRows;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in a gRPC call: the same frames, the same answers, the same refusals. */
@Timeout(60)
class CrossingGrpcTest {
  private static final String TOKEN = "a token that is long enough";

  @TempDir private Path folder;
  private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
  private final FrameBuffer frame = new FrameBuffer();
  private UnderstudyServer server;

  private GrpcFrames connect(ServingLimits limits, Access access) {
    ServerConfig config =
        ServerConfig.of(TestModels.FOLDER, new ListenAddress.Unix(folder.resolve("s")))
            .withGrpc(new ListenAddress.Tcp("127.0.0.1", 0))
            .withLimits(SessionLimits.DEFAULT, limits)
            .withAccess(access);
    server =
        UnderstudyServer.start(
            config,
            TestModels.circuits(),
            new SumBackend(),
            new SessionListener() {
              @Override
              public BankListener opened(BankOpening opening) {
                return null;
              }

              @Override
              public void ended(long session, String client, SessionEnding ending, String reason) {
                endings.add(client + " " + ending);
              }
            });
    return another();
  }

  private GrpcFrames connect() {
    return connect(ServingLimits.DEFAULT, Access.LOCAL);
  }

  private GrpcFrames another() {
    return new GrpcFrames(server.grpcAddress().orElseThrow());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void greet(GrpcFrames client, String name) throws InterruptedException {
    new Hello(name).encode(frame, 1);
    client.send(frame);
    assertEquals(UnderstudyServer.NAME, Welcome.decode(client.frame().bytes()).server());
  }

  private void open(GrpcFrames client, int instances) throws InterruptedException {
    new Open(instances, TestModels.HELD, "tb.r", "").encode(frame, 2);
    client.send(frame);
    client.frame();
  }

  @Test
  void servesASession() throws InterruptedException {
    BankShape shape = new BankShape("tb.r", 2, 3, true);
    StepRows rows = new StepRows(3, true);
    rows.reserveRows(2);
    rows.rows = 2;
    try (GrpcFrames client = connect()) {
      greet(client, "one");
      open(client, 2);
      for (int i = 0; i < 50; i++) {
        rows.inputs[0] = i;
        StepFrame.start(frame, 3 + i, i * TestModels.HELD_PERIOD_FS, 1);
        StepFrame.append(frame, 0, shape, rows);
        frame.finish();
        client.send(frame);
        FrameBuffer answer = client.frame();
        AnswerFrame.begin(answer, 1);
        AnswerFrame.read(answer, 0, shape, rows);
        AnswerFrame.end(answer);
        assertEquals(i, rows.output[1]);
      }
      new Close(50 * TestModels.HELD_PERIOD_FS).encode(frame, 53);
      client.send(frame);
      BankSummary summary = Summary.decode(client.frame().bytes()).banks().get(0);
      assertEquals(100, summary.crossings());
      assertEquals(GrpcFrames.ENDED, client.next());
    }
    assertEquals("one CLOSED", ending());
  }

  /** Answers of megabytes that the client does not fetch must not pile up, nor be lost. */
  @Test
  void keepsTheAnswersOfAClientThatDoesNotWait() throws InterruptedException {
    int instances = 50_000;
    BankShape shape = new BankShape("tb.r", instances, 3, true);
    StepRows rows = new StepRows(3, true);
    rows.reserveRows(instances);
    rows.rows = instances;
    try (GrpcFrames client = connect()) {
      greet(client, "hasty");
      open(client, instances);
      for (int step = 0; step < 8; step++) {
        StepFrame.start(frame, 3 + step, step * TestModels.HELD_PERIOD_FS, 1);
        StepFrame.append(frame, 0, shape, rows);
        frame.finish();
        client.send(frame);
      }
      for (int step = 0; step < 8; step++) {
        assertEquals(3 + step, FrameHeader.sequence(client.frame().bytes()));
      }
    }
  }

  @Test
  void refusesAMessageThatIsNotOneFrame() throws InterruptedException {
    try (GrpcFrames client = connect()) {
      client.send(ByteString.copyFrom(new byte[7]));
      assertTrue(
          error(client).text().startsWith("message: 7 bytes (expected: one whole frame)"),
          "names the bytes");
      assertEquals(GrpcFrames.ENDED, client.next());
    }
  }

  @Test
  void refusesAFrameThatIsLongerThanTheServersLimit() throws InterruptedException {
    try (GrpcFrames client = connect(ServingLimits.DEFAULT.withFrames(2_048, 4), Access.LOCAL)) {
      greet(client, "long");
      new Open(1, TestModels.HELD, "tb.r", "x".repeat(2_020)).encode(frame, 2);
      client.send(frame);
      assertEquals(WireError.WIRE_ERROR_FRAME_TOO_LONG, error(client).code());
    }
    assertEquals("long FAILED", ending());
  }

  @Test
  void refusesOneSessionTooMany() throws InterruptedException {
    try (GrpcFrames first = connect(ServingLimits.DEFAULT.withSessions(1, 10_000), Access.LOCAL);
        GrpcFrames second = another()) {
      greet(first, "first");
      new Hello("second").encode(frame, 1);
      second.send(frame);
      ErrorFrame error = error(second);
      assertEquals(WireError.WIRE_ERROR_LIMIT, error.code());
      assertEquals("sessions: more than 1 (expected: at most 1 at once)", error.text());
    }
  }

  @Test
  void endsASessionThatSaysNothing() throws InterruptedException {
    try (GrpcFrames client = connect(ServingLimits.DEFAULT.withIdleTimeoutMs(200), Access.LOCAL)) {
      greet(client, "silent");
      ErrorFrame error = error(client);
      assertEquals(WireError.WIRE_ERROR_LIMIT, error.code());
      assertTrue(error.text().startsWith("session: silent for "), error.text());
    }
    assertEquals("silent FAILED", ending());
  }

  @Test
  void freesTheSessionOfAClientThatVanishes() throws InterruptedException {
    try (GrpcFrames client = connect()) {
      greet(client, "gone");
      client.cancel();
      assertEquals("gone VANISHED", ending());
    }
  }

  @Test
  void endsSessionsWithoutAnErrorWhenItDrains() throws InterruptedException {
    try (GrpcFrames client = connect()) {
      greet(client, "early");
      assertTrue(server.drain());
      assertEquals(GrpcFrames.ENDED, client.next());
    }
    try (GrpcFrames late = another()) {
      new Hello("late").encode(frame, 1);
      late.send(frame);
      assertEquals(WireError.WIRE_ERROR_DRAINING, error(late).code());
    }
  }

  @Test
  void refusesACallWithoutTheToken() throws InterruptedException {
    Access access = new Access(Optional.empty(), Optional.of(AccessToken.of(TOKEN)));
    try (GrpcFrames client = connect(ServingLimits.DEFAULT, access)) {
      StatusRuntimeException refusal =
          assertInstanceOf(StatusRuntimeException.class, client.next());
      assertEquals(Status.Code.UNAUTHENTICATED, refusal.getStatus().getCode());
    }
  }

  private ErrorFrame error(GrpcFrames client) throws InterruptedException {
    return ErrorFrame.decode(client.frame().bytes());
  }

  private String ending() throws InterruptedException {
    return endings.poll(20, TimeUnit.SECONDS);
  }
}
