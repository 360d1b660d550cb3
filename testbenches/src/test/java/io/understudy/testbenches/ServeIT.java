package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.understudy.proto.v1.ListModelsRequest;
import io.understudy.proto.v1.Model;
import io.understudy.proto.v1.ModelServiceGrpc;
import io.understudy.server.ListenAddress;
import io.understudy.server.client.CrossingClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code understudy serve} in a process of its own. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeIT {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(15);
  private static final int ANSWERS_WITHIN_S = 20;

  /** What a program returns that SIGTERM has ended. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private static Path folder;
  private static RunningProgram server;
  private static String ready;

  @BeforeAll
  static void starts() throws Exception {
    server =
        start("--listen", "tcp:127.0.0.1:0", "--grpc", "127.0.0.1:0", "--metrics", "127.0.0.1:0");
    ready = server.await("ready", STARTS_WITHIN);
  }

  private static RunningProgram start(String... more) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("serve", "--listen", socket()));
    command.addAll(List.of(more));
    return RunningProgram.start(
        folder, Map.of(), UnderstudyCommand.of(command.toArray(String[]::new)));
  }

  private static String socket() {
    return "unix:" + folder.resolve("understudy.sock");
  }

  @AfterAll
  static void ends() {
    server.close();
  }

  @Test
  @Order(1)
  void servesCrossingsAtEachAddressThatItPrints() {
    List<String> words = List.of(ready.split(" "));
    assertEquals(5, words.size(), ready);
    assertEquals(socket(), words.get(1));
    for (String address : words.subList(1, 3)) {
      try (CrossingClient client =
          CrossingClient.connect(ListenAddress.parse(address), "test", 20_000)) {
        assertTrue(client.welcome().server().startsWith("understudy/"), address);
      }
    }
  }

  @Test
  @Order(2)
  void servesTheControlPlaneAtTheAddressThatItPrints() throws Exception {
    String address = address("grpc:");
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      List<Model> models =
          ModelServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(ANSWERS_WITHIN_S, TimeUnit.SECONDS)
              .listModels(ListModelsRequest.getDefaultInstance())
              .getModelsList();
      assertTrue(
          models.stream()
              .map(Model::getCircuit)
              .toList()
              .containsAll(List.of("crossbar_row_g30", "lif_neuron")));
      assertEquals(
          ServingStatus.SERVING,
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(ANSWERS_WITHIN_S, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus());
      assertTrue(services(channel).contains(ModelServiceGrpc.SERVICE_NAME));
    } finally {
      channel.shutdownNow();
      assertTrue(channel.awaitTermination(ANSWERS_WITHIN_S, TimeUnit.SECONDS));
    }
  }

  private static String address(String scheme) {
    return List.of(ready.split(" ")).stream()
        .filter(word -> word.startsWith(scheme))
        .findFirst()
        .orElseThrow()
        .substring(scheme.length());
  }

  @Test
  @Order(2)
  void saysThatItIsReadyAtTheAddressThatItPrints() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://" + address("http:") + "/ready"))
                    .timeout(Duration.ofSeconds(ANSWERS_WITHIN_S))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
  }

  private static List<String> services(ManagedChannel channel) throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> request =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse value) {
                    answer.complete(value);
                  }

                  @Override
                  public void onError(Throwable t) {
                    answer.completeExceptionally(t);
                  }

                  @Override
                  public void onCompleted() {
                    // The answer has come before.
                  }
                });
    request.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    ServerReflectionResponse response = answer.get(ANSWERS_WITHIN_S, TimeUnit.SECONDS);
    request.onCompleted();
    return response.getListServicesResponse().getServiceList().stream()
        .map(service -> service.getName())
        .toList();
  }

  @Test
  @Order(3)
  void leavesASocketToTheServerThatLives() throws Exception {
    try (RunningProgram second = start()) {
      Execution end = second.end(STARTS_WITHIN);
      assertEquals(2, end.status(), end::output);
      assertTrue(end.output().contains(socket()), end::output);
      assertTrue(end.output().contains("(expected: "), end::output);
    }
    servesCrossingsAtEachAddressThatItPrints();
  }

  @Test
  @Order(4)
  void stopsWhenAskedTo() throws Exception {
    server.terminate();
    Execution end = server.end(STOPS_WITHIN);
    assertEquals(TERMINATED, end.status(), end::output);
    assertFalse(Files.exists(folder.resolve("understudy.sock")), "socket left behind");
  }

  @Test
  @Order(5)
  void takesOverTheSocketOfAServerThatWasKilled() throws Exception {
    try (RunningProgram killed = start()) {
      killed.await("ready", STARTS_WITHIN);
      killed.kill();
    }
    assertTrue(Files.exists(folder.resolve("understudy.sock")), "socket of the killed server");
    try (RunningProgram next = start()) {
      assertEquals("ready " + socket(), next.await("ready", STARTS_WITHIN));
    }
  }
}
