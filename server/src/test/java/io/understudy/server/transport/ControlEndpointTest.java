package io.understudy.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.understudy.proto.v1.GetModelRequest;
import io.understudy.proto.v1.ListModelsRequest;
import io.understudy.proto.v1.Model;
import io.understudy.proto.v1.ModelServiceGrpc;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.ServerException;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.session.SessionListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlEndpointTest {
  private static final int TIMEOUT_S = 20;

  @TempDir private Path folder;
  private UnderstudyServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    server = start("crossings", 0);
    ListenAddress.Tcp address = server.grpcAddress().orElseThrow();
    channel = NettyChannelBuilder.forAddress(address.resolve()).usePlaintext().build();
  }

  private UnderstudyServer start(String socket, int port) {
    return UnderstudyServer.start(
        ServerConfig.of(TestModels.FOLDER, new ListenAddress.Unix(folder.resolve(socket)))
            .withGrpc(new ListenAddress.Tcp("127.0.0.1", port)),
        TestModels.circuits(),
        new SumBackend(),
        SessionListener.NONE);
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    server.close();
    assertTrue(channel.awaitTermination(TIMEOUT_S, TimeUnit.SECONDS));
  }

  @Test
  void listsModelsByName() {
    List<Model> models =
        service().listModels(ListModelsRequest.getDefaultInstance()).getModelsList();
    assertEquals(
        List.of("held_row", "pulse_cell"), models.stream().map(Model::getCircuit).toList());
    assertEquals(List.of("in1", "in2", "in3"), models.get(0).getInputsList());
  }

  @Test
  void describesAModel() {
    Model model = service().getModel(GetModelRequest.newBuilder().setCircuit("pulse_cell").build());
    assertEquals("Cell with pulse inputs", model.getTitle());
    assertEquals(5e-9, model.getPeriodS());
    assertEquals(List.of("gain", "bias"), model.getParametersList());
    assertEquals(List.of("spike"), model.getOutputsList());
    assertEquals(List.of("v_mem"), model.getStatesList());
    assertEquals(64, model.getCircuitSha256().length());
  }

  @Test
  void namesTheModelsThatExist() {
    StatusRuntimeException e =
        assertThrows(
            StatusRuntimeException.class,
            () -> service().getModel(GetModelRequest.newBuilder().setCircuit("x").build()));
    assertEquals(Status.Code.NOT_FOUND, e.getStatus().getCode());
    assertEquals(
        "circuit: x (expected: one of [held_row, pulse_cell])", e.getStatus().getDescription());
  }

  @Test
  void saysThatItServes() {
    for (String name : List.of("", ModelServiceGrpc.SERVICE_NAME)) {
      assertEquals(
          ServingStatus.SERVING,
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(TIMEOUT_S, TimeUnit.SECONDS)
              .check(HealthCheckRequest.newBuilder().setService(name).build())
              .getStatus());
    }
  }

  @Test
  void reflectsItsServices() throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> request =
        ServerReflectionGrpc.newStub(channel)
            .withDeadlineAfter(TIMEOUT_S, TimeUnit.SECONDS)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable cause) {
                    answer.completeExceptionally(cause);
                  }

                  @Override
                  public void onCompleted() {}
                });
    request.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    List<String> services =
        answer.get(TIMEOUT_S, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
            .map(ServiceResponse::getName)
            .toList();
    request.onCompleted();
    assertTrue(services.contains("understudy.v1.ModelService"), services.toString());
    assertTrue(services.contains("grpc.health.v1.Health"), services.toString());
  }

  @Test
  void namesAnAddressThatIsTaken() {
    int taken = server.grpcAddress().orElseThrow().port();
    ServerException e = assertThrows(ServerException.class, () -> start("other", taken));
    assertTrue(e.getMessage().startsWith("gRPC address: 127.0.0.1:" + taken), e.getMessage());
  }

  private ModelServiceGrpc.ModelServiceBlockingStub service() {
    return ModelServiceGrpc.newBlockingStub(channel).withDeadlineAfter(TIMEOUT_S, TimeUnit.SECONDS);
  }
}
