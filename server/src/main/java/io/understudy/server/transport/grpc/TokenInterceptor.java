package io.understudy.server.transport.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.understudy.server.transport.Reception;

/**
 * Refuses calls whose metadata do not carry {@code authorization: Bearer TOKEN}. Health needs none,
 * so that a probe can ask for it.
 */
final class TokenInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";

  private final Reception reception;

  TokenInterceptor(Reception reception) {
    this.reception = reception;
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    String service = call.getMethodDescriptor().getServiceName();
    String given = headers.get(AUTHORIZATION);
    boolean open = !reception.isGuarded() || HealthGrpc.SERVICE_NAME.equals(service);
    if (open
        || (given != null
            && given.startsWith(BEARER)
            && reception.knows(given.substring(BEARER.length())))) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription(
            "access token: missing or another (expected: authorization: Bearer TOKEN)"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
