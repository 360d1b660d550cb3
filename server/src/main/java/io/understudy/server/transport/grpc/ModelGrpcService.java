package io.understudy.server.transport.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.understudy.proto.v1.GetModelRequest;
import io.understudy.proto.v1.ListModelsRequest;
import io.understudy.proto.v1.ListModelsResponse;
import io.understudy.proto.v1.Model;
import io.understudy.proto.v1.ModelServiceGrpc;
import io.understudy.server.registry.ModelEntry;
import io.understudy.server.registry.ModelException;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.OutputPort;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.util.function.Supplier;

/** Lists the registry's models. */
final class ModelGrpcService extends ModelServiceGrpc.ModelServiceImplBase {
  private final Supplier<ModelRegistry> models;

  ModelGrpcService(Supplier<ModelRegistry> models) {
    this.models = models;
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> reply) {
    ListModelsResponse.Builder response = ListModelsResponse.newBuilder();
    models.get().entries().forEach(entry -> response.addModels(describe(entry)));
    reply.onNext(response.build());
    reply.onCompleted();
  }

  @Override
  public void getModel(GetModelRequest request, StreamObserver<Model> reply) {
    ModelEntry entry;
    try {
      entry = models.get().get(request.getCircuit());
    } catch (ModelException e) {
      reply.onError(Status.NOT_FOUND.withDescription(e.getMessage()).asRuntimeException());
      return;
    }
    reply.onNext(describe(entry));
    reply.onCompleted();
  }

  private static Model describe(ModelEntry entry) {
    Circuit circuit = entry.folder().circuit();
    Model.Builder model =
        Model.newBuilder()
            .setCircuit(circuit.name())
            .setTitle(circuit.title())
            .setCircuitSha256(entry.folder().sha256())
            .setPeriodS(circuit.clock().periodS())
            .addAllInputs(circuit.inputColumns())
            .addAllParameters(circuit.parameterColumns())
            .addAllOutputs(circuit.outputs().stream().map(OutputPort::name).toList())
            .addAllStates(circuit.stateNames());
    if (entry.surrogate() != null) {
      SurrogatePackage source = entry.surrogate().source();
      model.setSurrogateVersion(source.version());
      if (source.manifest().errors() != null) {
        model.putAllErrors(source.manifest().errors());
      }
    }
    return model.build();
  }
}
