package io.understudy.testbenches;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.understudy.proto.v1.CrossingServiceGrpc;
import io.understudy.proto.v1.Frame;
import io.understudy.server.ListenAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A session in a gRPC call: sends a frame and takes its answer. */
final class GrpcCrossing implements AutoCloseable {
  private static final int TIMEOUT_S = 20;

  private final ManagedChannel channel;
  private final StreamObserver<Frame> requests;
  private final BlockingQueue<Object> replies = new LinkedBlockingQueue<>();

  GrpcCrossing(ListenAddress.Tcp address) {
    channel = NettyChannelBuilder.forAddress(address.resolve()).usePlaintext().build();
    requests =
        CrossingServiceGrpc.newStub(channel)
            .cross(
                new StreamObserver<>() {
                  @Override
                  public void onNext(Frame reply) {
                    replies.add(reply);
                  }

                  @Override
                  public void onError(Throwable cause) {
                    replies.add(cause);
                  }

                  @Override
                  public void onCompleted() {
                    replies.add("the call's end");
                  }
                });
  }

  byte[] exchange(byte[] request) {
    requests.onNext(Frame.newBuilder().setFrame(ByteString.copyFrom(request)).build());
    try {
      Object reply = replies.poll(TIMEOUT_S, TimeUnit.SECONDS);
      if (reply instanceof Frame frame) {
        return frame.getFrame().toByteArray();
      }
      throw new AssertionError("answer: " + reply + " (expected: a frame)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
