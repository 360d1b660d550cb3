package io.understudy.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.proto.v1.WireError;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.ServingLimits;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.access.Access;
import io.understudy.server.access.AccessToken;
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.client.CrossingException;
import io.understudy.server.client.FrameChannel;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.StepFrame;
import io.understudy.server.frame.Welcome;
import io.understudy.server.session.SessionLimits;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one client may use, and what it may not do to others; over TCP. */
@Timeout(60)
class ServingLimitsTest {
  private static final long TIMEOUT_MS = 20_000;
  private static final int LARGE_BANK = 200_000;

  /** Longer than the server takes for some answers of a large bank. */
  private static final int PAUSE_MS = 1_000;

  private static final String TOKEN = "a token that is long enough";

  @TempDir private Path folder;
  private final FrameBuffer frame = new FrameBuffer();
  private UnderstudyServer server;

  private void start(SessionLimits session, ServingLimits serving, Access access) {
    server =
        UnderstudyServer.start(
            ServerConfig.of(
                    TestModels.FOLDER,
                    new ListenAddress.Tcp("127.0.0.1", 0),
                    new ListenAddress.Unix(folder.resolve("s")))
                .withLimits(session, serving)
                .withAccess(access),
            TestModels.circuits(),
            new SumBackend(),
            SessionListener.NONE);
  }

  private void start(ServingLimits serving) {
    start(SessionLimits.DEFAULT, serving, Access.LOCAL);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private FrameChannel channel() {
    return FrameChannel.connect(server.addresses().get(0), TIMEOUT_MS);
  }

  private void greet(FrameChannel channel) {
    new Hello("test").encode(frame, 1);
    channel.send(frame.bytes());
    Welcome.decode(channel.receive().bytes());
  }

  @Test
  void refusesAFrameThatIsLongerThanTheServersLimit() {
    start(ServingLimits.DEFAULT.withFrames(2_048, 4));
    try (FrameChannel channel = channel()) {
      greet(channel);
      new Open(1, TestModels.HELD, "tb.r", "x".repeat(3_000)).encode(frame, 2);
      channel.send(frame.bytes());
      ErrorFrame error = ErrorFrame.decode(channel.receive().bytes());
      assertEquals(WireError.WIRE_ERROR_FRAME_TOO_LONG, error.code());
      assertTrue(error.text().contains("at most 2048, as this server is set"), error.text());
    }
  }

  @Test
  void refusesMoreInstancesThanASessionMayHave() {
    start(new SessionLimits(100, 150, 10), ServingLimits.DEFAULT, Access.LOCAL);
    try (CrossingClient client =
        CrossingClient.connect(server.addresses().get(0), "many", TIMEOUT_MS)) {
      client.open(TestModels.HELD, "tb.a", 100, "");
      CrossingException e =
          assertThrows(CrossingException.class, () -> client.open(TestModels.HELD, "tb.b", 51, ""));
      assertEquals(WireError.WIRE_ERROR_LIMIT, e.code());
      assertEquals("session's instances: 151 (expected: at most 150)", e.getMessage());
    }
  }

  @Test
  void endsASessionThatSaysNothing() {
    start(ServingLimits.DEFAULT.withIdleTimeoutMs(200));
    try (FrameChannel channel = channel()) {
      greet(channel);
      ErrorFrame error = ErrorFrame.decode(channel.receive().bytes());
      assertEquals(WireError.WIRE_ERROR_LIMIT, error.code());
      assertTrue(error.text().startsWith("session: silent for "), error.text());
    }
  }

  /** The frames are short and their answers long: the first one stays, the others wait. */
  @Test
  void refusesMoreFramesInFlightThanTheServersLimit() throws InterruptedException {
    start(ServingLimits.DEFAULT.withFrames(67_108_864, 8));
    try (FrameChannel channel = channel()) {
      greet(channel);
      openLarge(channel);
      channel.send(steps(40));
      // A client that reads as fast as the server answers never has so many in flight.
      Thread.sleep(PAUSE_MS);
      FrameBuffer reply = channel.receive();
      while (FrameHeader.typeName(FrameHeader.type(reply.bytes())).equals("ANSWER")) {
        reply = channel.receive();
      }
      ErrorFrame error = ErrorFrame.decode(reply.bytes());
      assertEquals(WireError.WIRE_ERROR_LIMIT, error.code());
      assertTrue(error.text().startsWith("frames in flight: more than 8"), error.text());
    }
  }

  /** A client that never fetches its answers is not read from, and others are served meanwhile. */
  @Test
  void servesOthersBesideAClientThatDoesNotRead() {
    start(ServingLimits.DEFAULT);
    try (FrameChannel stuck = channel()) {
      greet(stuck);
      openLarge(stuck);
      stuck.send(steps(20));
      try (CrossingClient other =
          CrossingClient.connect(server.addresses().get(0), "other", TIMEOUT_MS)) {
        ClientBank bank = other.open(TestModels.HELD, "tb.r", 1, "");
        for (int i = 0; i < 100; i++) {
          bank.rows().reserveRows(1);
          bank.rows().rows = 1;
          bank.rows().inputs[0] = i;
          other.step(i * TestModels.HELD_PERIOD_FS, List.of(bank));
          assertEquals(i, bank.rows().output[0]);
        }
      }
      // What it left is still there for it, in order.
      for (int i = 0; i < 20; i++) {
        assertEquals(3 + i, FrameHeader.sequence(stuck.receive().bytes()));
      }
    }
  }

  @Test
  void closesConnectionsWithoutAnErrorWhenItDrains() {
    start(ServingLimits.DEFAULT);
    try (FrameChannel channel = channel()) {
      greet(channel);
      assertTrue(server.drain());
      CrossingException e = assertThrows(CrossingException.class, channel::receive);
      assertTrue(e.getMessage().contains("server"), e.getMessage());
      assertEquals(0, server.openSessions());
    }
    try (FrameChannel late = channel()) {
      new Hello("late").encode(frame, 1);
      late.send(frame.bytes());
      ErrorFrame error = ErrorFrame.decode(late.receive().bytes());
      assertEquals(WireError.WIRE_ERROR_DRAINING, error.code());
    }
  }

  @Test
  void asksForTheTokenOverTcpButNotOverTheUnixSocket() {
    start(
        SessionLimits.DEFAULT,
        ServingLimits.DEFAULT,
        new Access(Optional.empty(), Optional.of(AccessToken.of(TOKEN))));
    for (String given : List.of("", "a token that is long enougi", TOKEN + TOKEN)) {
      try (FrameChannel channel = channel()) {
        new Hello("stranger", given).encode(frame, 1);
        channel.send(frame.bytes());
        ErrorFrame error = ErrorFrame.decode(channel.receive().bytes());
        assertEquals(WireError.WIRE_ERROR_ACCESS, error.code());
        assertEquals(
            "access token: missing or another (expected: the server's, in UNDERSTUDY_TOKEN)",
            error.text());
      }
    }
    try (FrameChannel channel = channel()) {
      new Hello("friend", TOKEN).encode(frame, 1);
      channel.send(frame.bytes());
      Welcome.decode(channel.receive().bytes());
    }
    try (FrameChannel local = FrameChannel.connect(server.addresses().get(1), TIMEOUT_MS)) {
      greet(local);
    }
  }

  private void openLarge(FrameChannel channel) {
    new Open(LARGE_BANK, TestModels.HELD, "tb.r", "").encode(frame, 2);
    channel.send(frame.bytes());
    channel.receive();
  }

  /** So many STEP frames of a large bank with shared inputs, one after the other. */
  private ByteBuffer steps(int count) {
    BankShape shape = new BankShape("tb.r", LARGE_BANK, 3, true);
    StepRows rows = new StepRows(3, true);
    rows.reserveRows(LARGE_BANK);
    rows.rows = LARGE_BANK;
    ByteBuffer all = ByteBuffer.allocate(count * 256);
    for (int step = 0; step < count; step++) {
      StepFrame.start(frame, 3 + step, step * TestModels.HELD_PERIOD_FS, 1);
      StepFrame.append(frame, 0, shape, rows);
      all.put(frame.finish());
    }
    return all.flip();
  }
}
