package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.client.FrameChannel;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.Summary;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.predict.EvaluationCrew;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One session's answers and summary, byte by byte: whichever way its frames go, however many
 * threads evaluate them, alone or among others.
 */
@Timeout(60)
class DeterminismIT {
  private static final long TIMEOUT_MS = 30_000;
  private static final int OTHERS = 50;

  /** Enough neurons that a step of them is shared out among threads. */
  private static final CrossingScript SCRIPT = new CrossingScript(7, 600, 12);

  @TempDir private static Path folder;
  private static ModelRegistry models;
  private static List<byte[]> alone;

  @BeforeAll
  static void playsOnceAlone() {
    models = ModelRegistry.load(ProductHome.models());
    try (EvaluationCrew crew = new EvaluationCrew(1);
        UnderstudyServer server = start(crew)) {
      alone = overSocket(server.addresses().get(0));
    }
    List<BankSummary> banks =
        Summary.decode(ByteBuffer.wrap(alone.get(alone.size() - 1)).order(ByteOrder.LITTLE_ENDIAN))
            .banks();
    for (BankSummary bank : banks) {
      assertTrue(bank.e1() > 0 && bank.energyJ() > 0 && bank.outputs() > 0, bank::toString);
    }
    assertTrue(banks.get(0).e2() > 0 && banks.get(0).e3() > 0, "all kinds of events");
  }

  private static UnderstudyServer start(EvaluationCrew crew) {
    ServerConfig config =
        ServerConfig.of(
                ProductHome.models(),
                new ListenAddress.Unix(folder.resolve("s")),
                new ListenAddress.Tcp("127.0.0.1", 0))
            .withGrpc(new ListenAddress.Tcp("127.0.0.1", 0));
    return UnderstudyServer.start(config, models, new SurrogateBackend(crew), SessionListener.NONE);
  }

  private static List<byte[]> overSocket(ListenAddress address) {
    try (FrameChannel channel = FrameChannel.connect(address, TIMEOUT_MS)) {
      return SCRIPT.play(
          request -> {
            channel.send(ByteBuffer.wrap(request));
            return CrossingScript.bytes(channel.receive());
          });
    }
  }

  private static List<byte[]> overGrpc(ListenAddress.Tcp address) {
    try (GrpcCrossing call = new GrpcCrossing(address)) {
      return SCRIPT.play(call::exchange);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "1, " + OTHERS, "2, " + OTHERS})
  void givesTheSameBitsOverUnixTcpAndGrpc(int threads, int others) {
    try (EvaluationCrew crew = new EvaluationCrew(threads);
        UnderstudyServer server = start(crew);
        Crowd crowd = new Crowd(server.addresses().get(0), others)) {
      assertSame("unix", overSocket(server.addresses().get(0)));
      assertSame("tcp", overSocket(server.addresses().get(1)));
      assertSame("grpc", overGrpc(server.grpcAddress().orElseThrow()));
      assertEquals(others, crowd.alive());
    }
  }

  /** What a machine without 512-bit vectors computes. */
  @Test
  void givesTheSameBitsWithoutTheNativeEvaluator() throws IOException, InterruptedException {
    ListenAddress address = new ListenAddress.Unix(folder.resolve("portable"));
    List<String> serve = UnderstudyCommand.of("serve", "--listen", address.toString());
    Map<String, String> off = Map.of("JAVA_TOOL_OPTIONS", "-Dunderstudy.native=off");
    try (RunningProgram server = RunningProgram.start(folder, off, serve)) {
      server.await("ready", Duration.ofMillis(TIMEOUT_MS));
      assertSame("portable", overSocket(address));
      String mapped = Files.readString(Path.of("/proc", String.valueOf(server.pid()), "maps"));
      assertFalse(mapped.contains("understudy-forest"), "the library is not loaded");
    }
  }

  private static void assertSame(String way, List<byte[]> answers) {
    assertEquals(alone.size(), answers.size());
    for (int i = 0; i < answers.size(); i++) {
      assertArrayEquals(alone.get(i), answers.get(i), way + ", answer " + i);
    }
  }
}
