package io.understudy.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.proto.v1.FrameType;
import io.understudy.proto.v1.WireError;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.Close;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.Opened;
import io.understudy.server.frame.StepFrame;
import io.understudy.surrogate.event.StepRows;

/** A session without a transport. */
final class SessionHarness {
  static final BankShape PULSE = new BankShape("tb.n", 4, 1, false);
  static final BankShape HELD = new BankShape("tb.r", 2, 3, true);

  final FrameBuffer request = new FrameBuffer();
  final FrameBuffer reply = new FrameBuffer();
  final SessionHost host;
  final Session session;
  long sequence;

  SessionHarness() {
    this(SessionListener.NONE, SessionLimits.DEFAULT);
  }

  SessionHarness(SessionListener listener, SessionLimits limits) {
    this(
        new SessionHost(
            "server",
            TestModels.circuits(),
            new SumBackend(),
            listener,
            limits,
            SessionMeter.NONE,
            new SessionClaims()));
  }

  /** A session beside others of the host. */
  SessionHarness(SessionHost host) {
    this.host = host;
    session = new Session(1, host);
  }

  /** Greets and opens a bank of 4 pulse cells and one of 2 held rows. */
  SessionHarness opened() {
    hello();
    open(new Open(4, TestModels.PULSE, "tb.n", TestModels.biased(4)));
    open(new Open(2, TestModels.HELD, "tb.r", ""));
    return this;
  }

  void hello() {
    new Hello("test").encode(request, ++sequence);
    expect(FrameType.FRAME_TYPE_WELCOME_VALUE);
  }

  Opened open(Open open) {
    open.encode(request, ++sequence);
    expect(FrameType.FRAME_TYPE_OPENED_VALUE);
    return Opened.decode(reply.bytes());
  }

  /** Encodes a step of the pulse bank: pairs of instance and input. */
  void encodePulses(long timeFs, double... instanceAndInput) {
    StepRows rows = new StepRows(1, false);
    rows.reserveRows(instanceAndInput.length / 2);
    for (int i = 0; i < instanceAndInput.length; i += 2) {
      rows.instance[rows.rows] = (int) instanceAndInput[i];
      rows.inputs[rows.rows++] = instanceAndInput[i + 1];
    }
    StepFrame.start(request, ++sequence, timeFs, 1);
    StepFrame.append(request, 0, PULSE, rows);
    request.finish();
  }

  void pulses(long timeFs, double... instanceAndInput) {
    encodePulses(timeFs, instanceAndInput);
    expect(FrameType.FRAME_TYPE_ANSWER_VALUE);
  }

  void encodeClose(long timeFs) {
    new Close(timeFs).encode(request, ++sequence);
  }

  /** Handles what is encoded; the answer must be of this type. */
  void expect(int type) {
    session.handle(request, reply);
    int actual = FrameHeader.type(reply.bytes());
    String text =
        actual == FrameType.FRAME_TYPE_ERROR_VALUE ? ErrorFrame.decode(reply.bytes()).text() : "";
    assertEquals(FrameHeader.typeName(type), FrameHeader.typeName(actual), text);
  }

  /** Handles what is encoded, which must be refused. */
  String refusal(WireError code) {
    assertEquals(Session.Continuation.CLOSE, session.handle(request, reply));
    assertEquals(FrameHeader.sequence(request.bytes()), FrameHeader.sequence(reply.bytes()));
    ErrorFrame error = ErrorFrame.decode(reply.bytes());
    assertEquals(code, error.code(), error.text());
    return error.text();
  }
}
