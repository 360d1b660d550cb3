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
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.client.CrossingException;
import io.understudy.server.client.FrameChannel;
import io.understudy.server.frame.AnswerFrame;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.StepFrame;
import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.server.session.SessionEnding;
import io.understudy.server.session.SessionLimits;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sessions and their faults over real sockets; index 0 is the Unix socket, 1 is TCP. */
@Timeout(60)
class CrossingEndpointTest {
  private static final long TIMEOUT_MS = 20_000;
  private static final int MAX_SESSIONS = 3;
  private static final int HELLO_TIMEOUT_MS = 300;

  @TempDir private Path folder;
  private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
  private UnderstudyServer server;

  @BeforeEach
  void start() {
    server = start(10_000);
  }

  private UnderstudyServer start(int helloTimeoutMs) {
    ServerConfig config =
        ServerConfig.of(
                TestModels.FOLDER,
                new ListenAddress.Unix(folder.resolve("s" + helloTimeoutMs)),
                new ListenAddress.Tcp("127.0.0.1", 0))
            .withLimits(
                SessionLimits.DEFAULT,
                ServingLimits.DEFAULT.withSessions(MAX_SESSIONS, helloTimeoutMs));
    return UnderstudyServer.start(
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
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void servesASession(int address) throws InterruptedException {
    try (CrossingClient client = connect(address, "one")) {
      assertEquals(UnderstudyServer.NAME, client.welcome().server());
      ClientBank bank = client.open(TestModels.HELD, "tb.r", 2, "instance,w1\n1,1\n");
      for (int i = 0; i < 100; i++) {
        bank.rows().reserveRows(2);
        bank.rows().rows = 2;
        bank.rows().instance[1] = 1;
        bank.rows().inputs[0] = i;
        client.step(i * TestModels.HELD_PERIOD_FS, List.of(bank));
        assertEquals(2, bank.rows().answers);
        assertEquals(i, bank.rows().output[0]);
        assertEquals(i + 1.0, bank.rows().output[1]);
      }
      List<BankSummary> summary = client.finish(100 * TestModels.HELD_PERIOD_FS);
      assertEquals(200, summary.get(0).crossings());
      assertEquals(bank.energyJ(), summary.get(0).energyJ());
    }
    assertEquals("one CLOSED", ending());
  }

  /** Answers of some megabytes do not fit the socket's buffers at once. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void servesBanksWhoseFramesAreLarge(int address) {
    int instances = 200_000;
    try (CrossingClient client = connect(address, "large")) {
      ClientBank bank =
          client.open(TestModels.PULSE, "tb.n", instances, TestModels.biased(instances));
      for (int step = 0; step < 3; step++) {
        // All but the first, so that the list of numbers is sent too.
        bank.rows().reserveRows(instances);
        bank.rows().rows = instances - 1;
        for (int i = 1; i < instances; i++) {
          bank.rows().instance[i - 1] = i;
        }
        client.step(step * TestModels.PULSE_PERIOD_FS, List.of(bank));
        assertEquals(instances - 1, bank.rows().answers);
        assertEquals(1000L * step + instances - 1, bank.rows().delayFs[instances - 2]);
      }
    }
  }

  @Test
  void takesFramesThatComeWithoutWaitingForAnswers() {
    try (FrameChannel channel = FrameChannel.connect(server.addresses().get(0), TIMEOUT_MS)) {
      FrameBuffer frame = new FrameBuffer();
      new Hello("hasty").encode(frame, 1);
      ByteBuffer both = ByteBuffer.allocate(2 * frame.bytes().limit());
      both.put(frame.bytes());
      new Hello("hasty").encode(frame, 2);
      both.put(frame.bytes()).flip();
      channel.send(both);
      assertEquals(1, FrameHeader.sequence(channel.receive().bytes()));
      assertTrue(
          ErrorFrame.decode(channel.receive().bytes()).text().startsWith("frame: HELLO"),
          "the second is refused in its turn");
    }
  }

  /** Large answers that the client does not fetch must not be overwritten by the next ones. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void keepsTheAnswersOfAClientThatDoesNotWait(int address) {
    int instances = 100_000;
    int steps = 8;
    BankShape shape = new BankShape("tb.r", instances, 3, true);
    StepRows rows = new StepRows(3, true);
    rows.reserveRows(instances);
    rows.rows = instances;
    try (FrameChannel channel = FrameChannel.connect(server.addresses().get(address), TIMEOUT_MS)) {
      FrameBuffer frame = new FrameBuffer();
      new Hello("hasty").encode(frame, 1);
      channel.send(frame.bytes());
      channel.receive();
      new Open(instances, TestModels.HELD, "tb.r", "").encode(frame, 2);
      channel.send(frame.bytes());
      channel.receive();
      for (int step = 0; step < steps; step++) {
        StepFrame.start(frame, 3 + step, step * TestModels.HELD_PERIOD_FS, 1);
        StepFrame.append(frame, 0, shape, rows);
        channel.send(frame.finish());
      }
      for (int step = 0; step < steps; step++) {
        FrameBuffer answer = channel.receive();
        assertEquals(3 + step, FrameHeader.sequence(answer.bytes()));
        AnswerFrame.begin(answer, 1);
        AnswerFrame.read(answer, 0, shape, rows);
        AnswerFrame.end(answer);
        assertEquals(1000L * step + instances - 1, rows.delayFs[instances - 1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void isolatesSessions(int address) throws InterruptedException {
    try (CrossingClient good = connect(address, "good");
        CrossingClient bad = connect(address, "bad")) {
      ClientBank bank = good.open(TestModels.HELD, "tb.r", 1, "");
      pulse(good, bank, 0, 0.25);
      ClientBank worse = bad.open(TestModels.HELD, "tb.r", 1, "");
      CrossingException e =
          assertThrows(CrossingException.class, () -> pulse(bad, worse, 0, SumBackend.POISON));
      assertEquals("tb.r: instance 0: poison (expected: food)", e.getMessage());
      assertEquals(WireError.WIRE_ERROR_INTERNAL, e.code());
      assertEquals("bad FAILED", ending());
      pulse(good, bank, 1, 0.5);
      assertEquals(0.5, bank.rows().output[0]);
      assertEquals(
          2, good.finish(2 * TestModels.HELD_PERIOD_FS).get(0).crossings(), "its own alone");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void freesTheSessionOfAClientThatVanishes(int address) throws InterruptedException {
    CrossingClient client = connect(address, "gone");
    client.open(TestModels.HELD, "tb.r", 1, "");
    client.close();
    assertEquals("gone VANISHED", ending());
  }

  @Test
  void freesTheSessionOfAFrameThatIsCut() throws InterruptedException {
    FrameChannel channel = FrameChannel.connect(server.addresses().get(0), TIMEOUT_MS);
    FrameBuffer frame = new FrameBuffer();
    new Hello("cut").encode(frame, 1);
    frame.bytes().limit(30);
    channel.send(frame.bytes());
    channel.close();
    assertEquals(" VANISHED", ending());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void refusesAnotherVersionNamingBoth(int address) {
    FrameBuffer frame = new FrameBuffer();
    new Hello("new").encode(frame, 1);
    frame.bytes().put(4, (byte) 9);
    ErrorFrame error = refusal(address, frame.bytes());
    assertEquals(WireError.WIRE_ERROR_VERSION, error.code());
    assertEquals("protocol version: 9 (expected: 2)", error.text());
  }

  @Test
  void refusesGarbledMagic() {
    FrameBuffer frame = new FrameBuffer();
    new Hello("x").encode(frame, 1);
    frame.bytes().put(26, (byte) 'x').position(frame.bytes().limit() - 4);
    frame.finish();
    ErrorFrame error = refusal(0, frame.bytes());
    assertEquals(WireError.WIRE_ERROR_PROTOCOL, error.code());
    assertEquals(
        "HELLO frame's magic: 554e785253544459 (expected: the 8 bytes of UNDRSTDY)", error.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void refusesAFrameThatIsTooLongBeforeItsBody(int address) {
    FrameBuffer frame = new FrameBuffer();
    new Hello("x").encode(frame, 1);
    FrameHeader.seal(frame.bytes(), 67_108_869);
    frame.bytes().limit(24);
    ErrorFrame error = refusal(address, frame.bytes());
    assertEquals(WireError.WIRE_ERROR_FRAME_TOO_LONG, error.code());
    assertEquals("frame length: 67108865 (expected: 24 to 67108864)", error.text());
  }

  @Test
  void refusesAnotherProtocol() {
    ByteBuffer request =
        ByteBuffer.wrap(
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(WireError.WIRE_ERROR_FRAME_TOO_LONG, refusal(1, request).code());
  }

  @Test
  void refusesAFrameThatIsTooShort() {
    FrameBuffer frame = new FrameBuffer();
    new Hello("x").encode(frame, 1);
    FrameHeader.seal(frame.bytes(), 23);
    assertEquals(WireError.WIRE_ERROR_PROTOCOL, refusal(0, frame.bytes()).code());
  }

  @Test
  void closesTheConnectionAfterAnError() {
    try (CrossingClient client = connect(1, "curious")) {
      CrossingException unknown =
          assertThrows(CrossingException.class, () -> client.open("lif", "tb.n", 1, ""));
      assertEquals(WireError.WIRE_ERROR_UNKNOWN_CIRCUIT, unknown.code());
      CrossingException after =
          assertThrows(CrossingException.class, () -> client.open("lif", "tb.n", 1, ""));
      assertTrue(after.getMessage().contains("connection lost"), after.getMessage());
    }
  }

  @Test
  void refusesMoreSessionsThanConfigured() throws InterruptedException {
    try (CrossingClient one = connect(0, "1");
        CrossingClient two = connect(0, "2");
        CrossingClient three = connect(1, "3")) {
      CrossingException e = assertThrows(CrossingException.class, () -> connect(0, "4"));
      assertEquals(WireError.WIRE_ERROR_LIMIT, e.code());
      assertEquals("sessions: more than 3 (expected: at most 3 at once)", e.getMessage());
      assertEquals(1, one.welcome().session());
      assertEquals(3, three.welcome().session());
      two.finish(0);
      assertEquals("2 CLOSED", ending());
    }
  }

  @Test
  void refusesAConnectionThatNeverSaysHello() {
    UnderstudyServer impatient = start(HELLO_TIMEOUT_MS);
    try (impatient;
        FrameChannel channel = FrameChannel.connect(impatient.addresses().get(0), TIMEOUT_MS)) {
      ErrorFrame error = ErrorFrame.decode(channel.receive().bytes());
      assertEquals("HELLO: none (expected: within 300 ms)", error.text());
    }
  }

  @Test
  void namesTheAddressWhereNoServerIs() {
    ListenAddress nowhere = new ListenAddress.Unix(folder.resolve("nowhere"));
    CrossingException e =
        assertThrows(
            CrossingException.class, () -> CrossingClient.connect(nowhere, "x", TIMEOUT_MS));
    assertTrue(e.getMessage().startsWith("server: " + nowhere + " (expected: one that listens"));
  }

  @Test
  void endsSessionsWhenItStops() throws InterruptedException {
    try (CrossingClient client = connect(0, "late")) {
      server.close();
      assertEquals("late VANISHED", ending());
      CrossingException e =
          assertThrows(CrossingException.class, () -> client.open(TestModels.HELD, "tb.r", 1, ""));
      assertTrue(e.getMessage().contains("connection lost"), e.getMessage());
    }
  }

  private static void pulse(CrossingClient client, ClientBank bank, int period, double input) {
    bank.rows().reserveRows(1);
    bank.rows().rows = 1;
    bank.rows().inputs[0] = input;
    client.step(period * TestModels.HELD_PERIOD_FS, List.of(bank));
  }

  private CrossingClient connect(int address, String name) {
    return CrossingClient.connect(server.addresses().get(address), name, TIMEOUT_MS);
  }

  private ErrorFrame refusal(int address, ByteBuffer bytes) {
    try (FrameChannel channel = FrameChannel.connect(server.addresses().get(address), TIMEOUT_MS)) {
      channel.send(bytes);
      return ErrorFrame.decode(channel.receive().bytes());
    }
  }

  private String ending() throws InterruptedException {
    return endings.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
  }
}
