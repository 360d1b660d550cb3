package io.understudy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.client.CrossingException;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MetricsEndpointTest {
  private static final long TIMEOUT_MS = 20_000;

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private UnderstudyServer server;

  @BeforeEach
  void start() {
    server =
        UnderstudyServer.start(
            ServerConfig.of(TestModels.FOLDER, new ListenAddress.Unix(folder.resolve("s")))
                .withMetrics(new ListenAddress.Tcp("127.0.0.1", 0)),
            TestModels.circuits(),
            new SumBackend(),
            SessionListener.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    ListenAddress.Tcp address = server.metricsAddress().orElseThrow();
    return http.send(
        HttpRequest.newBuilder(URI.create("http://" + address.hostPort() + path))
            .timeout(Duration.ofMillis(TIMEOUT_MS))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private CrossingClient connect(String name) {
    return CrossingClient.connect(server.addresses().get(0), name, TIMEOUT_MS);
  }

  @Test
  void countsWhatSessionsDo() throws Exception {
    try (CrossingClient client = connect("one")) {
      ClientBank bank = client.open(TestModels.HELD, "tb.r", 2, "");
      for (int i = 0; i < 3; i++) {
        bank.rows().reserveRows(2);
        bank.rows().rows = 2;
        bank.rows().instance[1] = 1;
        client.step(i * TestModels.HELD_PERIOD_FS, List.of(bank));
      }
      String during = get("/metrics").body();
      assertHas(during, "understudy_sessions_open 1.0");
      client.finish(3 * TestModels.HELD_PERIOD_FS);
    }
    assertThrows(CrossingException.class, () -> connect("bad").open("none", "tb.x", 1, ""));
    String text = get("/metrics").body();
    assertHas(text, "understudy_models 2.0");
    assertHas(text, "understudy_sessions_opened_total 2.0");
    assertHas(text, "understudy_sessions_ended_total{ending=\"closed\"} 1.0");
    assertHas(text, "understudy_crossing_seconds_count 3");
    assertHas(text, "understudy_crossing_rows_total 6.0");
    assertHas(text, "understudy_events_total{kind=\"E1\"} 6.0");
    assertHas(text, "understudy_events_total{kind=\"E2\"} 0.0");
    assertHas(text, "understudy_flags_total{flag=\"out_of_range\"} 0.0");
    assertHas(text, "understudy_errors_total{type=\"unknown_circuit\"} 1.0");
    assertTrue(text.contains("understudy_crossing_seconds_bucket{le=\"+Inf\"} 3"), text);
  }

  @Test
  void isReadyUntilItDrains() throws Exception {
    HttpResponse<String> before = get("/ready");
    assertEquals(200, before.statusCode());
    assertEquals("ready\n", before.body());
    server.drain();
    assertEquals(503, get("/ready").statusCode());
  }

  @Test
  void namesItsPaths() throws Exception {
    HttpResponse<String> other = get("/etc/passwd");
    assertEquals(404, other.statusCode());
    assertEquals("expected: /metrics or /ready\n", other.body());
  }

  private static void assertHas(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), () -> "no line " + line + " in\n" + text);
  }
}
