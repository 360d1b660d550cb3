package io.understudy.server.transport.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.understudy.proto.v1.CrossingServiceGrpc;
import io.understudy.proto.v1.Frame;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.transport.Conversation;
import io.understudy.server.transport.Reception;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** A call is a session. */
final class CrossingGrpcService extends CrossingServiceGrpc.CrossingServiceImplBase {
  private final Reception reception;
  private final ScheduledExecutorService timer;
  private final Set<CrossingCall> calls = ConcurrentHashMap.newKeySet();

  CrossingGrpcService(Reception reception, ScheduledExecutorService timer) {
    this.reception = reception;
    this.timer = timer;
  }

  @Override
  public StreamObserver<Frame> cross(StreamObserver<Frame> replies) {
    ServerCallStreamObserver<Frame> out = (ServerCallStreamObserver<Frame>) replies;
    try {
      Conversation conversation = new Conversation(reception.admit(), reception, true);
      CrossingCall call = new CrossingCall(conversation, reception.limits(), out, timer);
      calls.add(call);
      call.start(() -> calls.remove(call));
      return call;
    } catch (FrameException e) {
      reception.refused(e);
      return refusal(e, out);
    }
  }

  /** Answers the client's first frame with the ERROR. */
  private static StreamObserver<Frame> refusal(
      FrameException error, ServerCallStreamObserver<Frame> out) {
    return new StreamObserver<>() {
      private boolean isAnswered;

      @Override
      public void onNext(Frame request) {
        if (!isAnswered) {
          isAnswered = true;
          FrameBuffer frame = new FrameBuffer();
          new ErrorFrame(error.code(), error.getMessage()).encode(frame, 1, 0);
          out.onNext(CrossingCall.message(frame.bytes()));
          out.onCompleted();
        }
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        if (!isAnswered) {
          isAnswered = true;
          out.onCompleted();
        }
      }
    };
  }

  /** Asks all calls to end once their answers under way are sent. */
  void drain() {
    calls.forEach(CrossingCall::drain);
  }
}
