package io.understudy.server.transport;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.understudy.proto.v1.CrossingServiceGrpc;
import io.understudy.proto.v1.Frame;
import io.understudy.server.ListenAddress;
import io.understudy.server.frame.FrameBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of CrossingService that sends frames and takes what comes, an end included. */
final class GrpcFrames implements AutoCloseable {
  private static final int TIMEOUT_S = 20;

  /** What comes after the last frame. */
  static final String ENDED = "ended";

  private final ManagedChannel channel;
  private final boolean isOwn;
  private final StreamObserver<Frame> requests;
  private final BlockingQueue<Object> replies = new LinkedBlockingQueue<>();

  GrpcFrames(ListenAddress.Tcp address) {
    this(channel(address), true);
  }

  /** A call of a channel that stays the caller's. */
  GrpcFrames(ManagedChannel shared) {
    this(shared, false);
  }

  private GrpcFrames(ManagedChannel channel, boolean isOwn) {
    this.channel = channel;
    this.isOwn = isOwn;
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
                    replies.add(ENDED);
                  }
                });
  }

  void send(FrameBuffer frame) {
    send(ByteString.copyFrom(frame.bytes().duplicate()));
  }

  void send(ByteString bytes) {
    requests.onNext(Frame.newBuilder().setFrame(bytes).build());
  }

  void cancel() {
    requests.onError(new IllegalStateException("given up"));
  }

  /** The next thing that comes: a frame, {@link #ENDED} or a failure. */
  Object next() throws InterruptedException {
    Object next = replies.poll(TIMEOUT_S, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing within " + TIMEOUT_S + " s");
    }
    return next;
  }

  /** The next frame. */
  FrameBuffer frame() throws InterruptedException {
    Object next = next();
    if (!(next instanceof Frame frame)) {
      throw new AssertionError("no frame: " + next);
    }
    FrameBuffer buffer = new FrameBuffer();
    buffer.reserve(frame.getFrame().size());
    ByteBuffer bytes = buffer.bytes();
    bytes.clear();
    frame.getFrame().copyTo(bytes);
    bytes.flip();
    return buffer;
  }

  static ManagedChannel channel(ListenAddress.Tcp address) {
    return NettyChannelBuilder.forAddress(address.resolve()).usePlaintext().build();
  }

  @Override
  public void close() {
    if (isOwn) {
      channel.shutdownNow();
    }
  }
}
