package io.understudy.server.session;

import io.understudy.proto.v1.FrameType;
import io.understudy.proto.v1.WireError;
import io.understudy.server.frame.AnswerFrame;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.Chunk;
import io.understudy.server.frame.Close;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameCheck;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.Opened;
import io.understudy.server.frame.Progress;
import io.understudy.server.frame.RestoreStream;
import io.understudy.server.frame.SessionToken;
import io.understudy.server.frame.StepFrame;
import io.understudy.server.frame.Summary;
import io.understudy.server.frame.Welcome;
import io.understudy.server.frame.WirePort;
import io.understudy.server.registry.ModelEntry;
import io.understudy.server.registry.ModelException;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.Restorable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One simulator's session: HELLO, then OPEN and STEP, then CLOSE. Takes one frame at a time and
 * encodes its answer; an error ends the session and nothing else.
 *
 * <p>Not thread-safe: its frames come from one thread at a time.
 */
public final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** What the transport does after an answer is sent. */
  public enum Continuation {
    /** Waits for the next frame. */
    NEXT_FRAME,
    /** Closes the connection: the answer was the last. */
    CLOSE
  }

  private enum State {
    GREETING,
    RUNNING,
    ENDED
  }

  private final long number;
  private final SessionHost host;
  private final StepFrame step = new StepFrame();
  private final List<Bank> banks = new ArrayList<>();
  private Bank[] touched = new Bank[0];
  private final SessionCheckpoint checkpoint = new SessionCheckpoint();
  private State state = State.GREETING;
  private SessionToken token = SessionToken.NONE;
  private String client = "";
  private long sequence;

  /** The last request's checksum, by which it is known again. */
  private int requestCrc;

  /** The last answer where {@code reply} no longer holds it; null while it does. */
  private FrameBuffer kept;

  private long timeFs = Long.MIN_VALUE;
  private long instances;

  /**
   * @param number the session's number, unique in its server
   * @param host what it shares with others
   */
  public Session(long number, SessionHost host) {
    this.number = number;
    this.host = host;
  }

  /** The session's number. */
  public long number() {
    return number;
  }

  /** Whether the client has said HELLO. */
  public boolean isGreeted() {
    return state != State.GREETING;
  }

  /**
   * Takes one complete frame whose header was checked, and encodes its answer. Never throws: what
   * goes wrong becomes an ERROR.
   *
   * @param request the frame from index 0 to the limit
   * @param reply gets the answer, ready to be read from 0; the same buffer each time, its bytes
   *     left as they are in between: a frame that is repeated gets the same answer
   */
  public Continuation handle(FrameBuffer request, FrameBuffer reply) {
    Continuation next = answer(request, reply);
    host.listener().exchanged(number, request.bytes(), reply.bytes());
    return next;
  }

  private Continuation answer(FrameBuffer request, FrameBuffer reply) {
    try {
      return dispatch(request, reply);
    } catch (FrameException e) {
      return refuse(e, request.bytes(), reply);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("event=session_failed session={} client={}", number, client, e);
      return refuse(
          FrameException.of(
              WireError.WIRE_ERROR_INTERNAL, "server", e, "no failure; see the server's log"),
          request.bytes(),
          reply);
    }
  }

  /**
   * Ends the session with an ERROR, for what the transport finds wrong.
   *
   * @param error the reason
   * @param request the frame it is about, at least its header; fewer bytes when there is none
   * @param reply gets the ERROR
   */
  public Continuation refuse(FrameException error, ByteBuffer request, FrameBuffer reply) {
    boolean headed = request.limit() >= FrameHeader.BYTES;
    long aboutSequence = headed ? FrameHeader.sequence(request) : 0;
    long aboutTimeFs = headed ? FrameHeader.timeFs(request) : 0;
    new ErrorFrame(error.code(), error.getMessage()).encode(reply, aboutSequence, aboutTimeFs);
    host.meter().failed(error.code());
    end(SessionEnding.FAILED, error.getMessage());
    return Continuation.CLOSE;
  }

  /** The connection is gone; frees the banks. Does nothing when the session has ended. */
  public void vanish() {
    end(SessionEnding.VANISHED, "");
  }

  private Continuation dispatch(FrameBuffer request, FrameBuffer reply) {
    ByteBuffer bytes = request.bytes();
    bytes.limit(FrameHeader.frameBytes(bytes));
    int type = FrameHeader.type(bytes);
    if (isQuery(type)) {
      checkState(type);
      query(type, bytes, reply);
      return Continuation.NEXT_FRAME;
    }
    if (isRepeated(bytes)) {
      repeat(reply);
      return Continuation.NEXT_FRAME;
    }
    checkState(type);
    checkSequence(type, FrameHeader.sequence(bytes));
    requestCrc = FrameCheck.trailer(bytes);
    kept = null;
    switch (type) {
      case FrameType.FRAME_TYPE_HELLO_VALUE -> hello(bytes, reply);
      case FrameType.FRAME_TYPE_OPEN_VALUE -> open(bytes, reply);
      case FrameType.FRAME_TYPE_STEP_VALUE -> step(request, reply);
      default -> {
        close(bytes, reply);
        return Continuation.CLOSE;
      }
    }
    return Continuation.NEXT_FRAME;
  }

  /** Frames that take no turn: they leave the sequence and the last answer as they are. */
  private static boolean isQuery(int type) {
    return type == FrameType.FRAME_TYPE_SAVE_VALUE || type == FrameType.FRAME_TYPE_RESTORE_VALUE;
  }

  /** Whether a frame is the last one again; one of its number with other bytes is an error. */
  private boolean isRepeated(ByteBuffer bytes) {
    if (state != State.RUNNING || FrameHeader.sequence(bytes) != sequence) {
      return false;
    }
    if (FrameCheck.trailer(bytes) != requestCrc) {
      throw FrameException.of(
          WireError.WIRE_ERROR_SEQUENCE,
          "frame " + Long.toUnsignedString(sequence),
          "again, with other bytes",
          "the same frame, or the next");
    }
    return true;
  }

  private void repeat(FrameBuffer reply) {
    if (kept != null) {
      reply.copy(kept);
    } else {
      reply.bytes().limit(FrameHeader.frameBytes(reply.bytes())).position(0);
    }
  }

  private void query(int type, ByteBuffer bytes, FrameBuffer reply) {
    if (kept == null) {
      kept = new FrameBuffer();
      kept.copy(reply);
    }
    if (type == FrameType.FRAME_TYPE_SAVE_VALUE) {
      save(bytes, reply);
    } else {
      restore(bytes, reply);
    }
  }

  private void save(ByteBuffer bytes, FrameBuffer reply) {
    long offset = Progress.decode(bytes, FrameType.FRAME_TYPE_SAVE_VALUE).offset();
    if (FrameHeader.sequence(bytes) != sequence) {
      throw outOfSequence("SAVE", FrameHeader.sequence(bytes), sequence);
    }
    if (offset == 0) {
      checkpoint.take(sequence, timeFs, banks);
    }
    checkpoint.part(offset).encode(reply, FrameType.FRAME_TYPE_SAVED_VALUE, sequence);
  }

  private void restore(ByteBuffer bytes, FrameBuffer reply) {
    if (!banks.isEmpty()) {
      // As a network may bring it that doubles frames: the client may try again.
      throw FrameException.of(
          WireError.WIRE_ERROR_SEQUENCE, "RESTORE", banks.size() + " banks", "none yet");
    }
    long restoredSequence = FrameHeader.sequence(bytes);
    Chunk part = Chunk.decode(bytes, FrameType.FRAME_TYPE_RESTORE_VALUE);
    long there = checkpoint.add(part);
    if (there == part.total()) {
      rebuild(checkpoint.whole(), restoredSequence);
    }
    new Progress(there).encode(reply, FrameType.FRAME_TYPE_RESTORED_VALUE, restoredSequence);
  }

  private void rebuild(ByteBuffer whole, long restoredSequence) {
    try {
      RestoreStream stream = RestoreStream.decode(whole);
      for (Open open : stream.opens()) {
        open(open);
      }
      timeFs = SessionCheckpoint.putBack(stream.saved(), restoredSequence, banks);
    } catch (EvaluationException | IndexOutOfBoundsException e) {
      throw SessionCheckpoint.wrong("checkpoint", e.getMessage(), "one that SAVED gave");
    }
    sequence = restoredSequence;
    LOG.info("event=session_restored session={} client={} sequence={}", number, client, sequence);
  }

  private static FrameException outOfSequence(String frame, long actual, long expected) {
    return FrameException.of(
        WireError.WIRE_ERROR_SEQUENCE,
        frame + " frame's sequence",
        Long.toUnsignedString(actual),
        Long.toUnsignedString(expected));
  }

  private void checkState(int type) {
    boolean fits =
        switch (type) {
          case FrameType.FRAME_TYPE_HELLO_VALUE -> state == State.GREETING;
          case FrameType.FRAME_TYPE_OPEN_VALUE,
              FrameType.FRAME_TYPE_STEP_VALUE,
              FrameType.FRAME_TYPE_SAVE_VALUE,
              FrameType.FRAME_TYPE_RESTORE_VALUE,
              FrameType.FRAME_TYPE_CLOSE_VALUE ->
              state == State.RUNNING;
          default -> false;
        };
    if (!fits) {
      throw FrameException.protocol("frame", FrameHeader.typeName(type), expectedTypes());
    }
  }

  private void checkSequence(int type, long frameSequence) {
    if (frameSequence != sequence + 1) {
      throw outOfSequence(FrameHeader.typeName(type), frameSequence, sequence + 1);
    }
    sequence = frameSequence;
  }

  private String expectedTypes() {
    return switch (state) {
      case GREETING -> "HELLO";
      case RUNNING -> "OPEN, STEP, SAVE, RESTORE or CLOSE";
      case ENDED -> "nothing after the session's end";
    };
  }

  private void hello(ByteBuffer bytes, FrameBuffer reply) {
    checkNoTime(bytes);
    Hello hello = Hello.decode(bytes);
    client = hello.client();
    token = host.claims().claim(hello.token(), number);
    state = State.RUNNING;
    host.meter().opened();
    LOG.info("event=session_opened session={} client={}", number, client);
    new Welcome(number, token, host.serverName()).encode(reply, sequence);
  }

  private void open(ByteBuffer bytes, FrameBuffer reply) {
    checkNoTime(bytes);
    open(Open.decode(bytes)).encode(reply, sequence);
  }

  private Opened open(Open open) {
    checkLimits(open);
    ModelEntry model = model(open);
    Circuit circuit = model.folder().circuit();
    int count = (int) open.instances();
    double[][] parameters = ParameterTable.read(open.path(), circuit, count, open.parameterTable());
    int bank = banks.size();
    BankListener listener =
        host.listener()
            .opened(new BankOpening(number, bank, open.path(), circuit, count, parameters));
    BankEvaluator evaluator = evaluator(open.path(), model, parameters, listener);
    BankShape shape =
        new BankShape(open.path(), count, circuit.inputColumns().size(), circuit.hasSharedInputs());
    List<WirePort> inputs = WirePorts.inputs(circuit);
    List<WirePort> outputs = WirePorts.outputs(circuit);
    long identity = ModelIdentity.of(model, inputs, outputs);
    banks.add(new Bank(bank, circuit, shape, evaluator, listener, identity));
    touched = new Bank[banks.size()];
    instances += count;
    LOG.info(
        "event=bank_opened session={} bank={} circuit={} instances={} path={}",
        number,
        bank,
        circuit.name(),
        count,
        open.path());
    return new Opened(
        bank,
        circuit.hasSharedInputs(),
        circuit.hasHeldInputs(),
        evaluator instanceof Restorable,
        circuit.periodFs(),
        evaluator.minimumLatencyFs(),
        identity,
        inputs,
        outputs);
  }

  private BankEvaluator evaluator(
      String path, ModelEntry model, double[][] parameters, BankListener listener) {
    try {
      return host.backend().open(model, parameters.length, parameters, listener);
    } catch (EvaluationException e) {
      throw new FrameException(WireError.WIRE_ERROR_INTERNAL, path + ": " + e.getMessage());
    }
  }

  private void checkLimits(Open open) {
    SessionLimits limits = host.limits();
    if (open.instances() == 0) {
      throw FrameException.protocol(open.path() + ": instances", 0, "at least 1");
    }
    limit(open.path() + ": instances", open.instances(), limits.bankInstances());
    limit("session's instances", instances + open.instances(), limits.instances());
    limit("session's banks", banks.size() + 1L, limits.banks());
  }

  private static void limit(String thing, long value, long most) {
    if (value > most) {
      throw FrameException.of(WireError.WIRE_ERROR_LIMIT, thing, value, "at most " + most);
    }
  }

  private ModelEntry model(Open open) {
    try {
      return host.models().get(open.circuit());
    } catch (ModelException e) {
      throw new FrameException(
          WireError.WIRE_ERROR_UNKNOWN_CIRCUIT, open.path() + ": " + e.getMessage());
    }
  }

  private void step(FrameBuffer request, FrameBuffer reply) {
    advance(FrameHeader.timeFs(request.bytes()));
    step.begin(request);
    int sections = step.sections();
    limit("STEP frame's sections", Integer.toUnsignedLong(sections), banks.size());
    for (int i = 0; i < sections; i++) {
      Bank bank = bank(step.nextBank());
      bank.advance(timeFs);
      step.read(bank.shape(), bank.rows());
      touched[i] = bank;
    }
    step.end();
    AnswerFrame.start(reply, sequence, timeFs, sections);
    for (int i = 0; i < sections; i++) {
      Bank bank = touched[i];
      bank.evaluate();
      bank.count(host.meter());
      AnswerFrame.append(
          reply, bank.number(), bank.shape().instances(), bank.energyJ(), bank.rows());
    }
    for (int i = 0; i < sections; i++) {
      String notice = touched[i].notice();
      if (notice != null) {
        AnswerFrame.notice(reply, touched[i].number(), notice);
      }
    }
    reply.finish();
  }

  private Bank bank(long index) {
    if (index >= banks.size()) {
      throw FrameException.of(
          WireError.WIRE_ERROR_UNKNOWN_BANK,
          "bank",
          index,
          banks.isEmpty() ? "an OPEN before" : "0 to " + (banks.size() - 1));
    }
    return banks.get((int) index);
  }

  private void close(ByteBuffer bytes, FrameBuffer reply) {
    Close close = Close.decode(bytes);
    advance(close.timeFs());
    List<BankSummary> summaries = new ArrayList<>(banks.size());
    for (Bank bank : banks) {
      summaries.add(bank.close(timeFs));
    }
    new Summary(summaries).encode(reply, sequence, timeFs);
    end(SessionEnding.CLOSED, "");
  }

  private void advance(long toFs) {
    long earliest = Math.max(timeFs, 0);
    if (toFs < earliest) {
      throw FrameException.of(
          WireError.WIRE_ERROR_TIMING, "time", toFs + " fs", "at least " + earliest + " fs");
    }
    timeFs = toFs;
  }

  private static void checkNoTime(ByteBuffer bytes) {
    if (FrameHeader.timeFs(bytes) != 0) {
      throw FrameException.protocol(
          FrameHeader.typeName(FrameHeader.type(bytes)) + " frame's time",
          FrameHeader.timeFs(bytes) + " fs",
          "0");
    }
  }

  private void end(SessionEnding ending, String reason) {
    if (state == State.ENDED) {
      return;
    }
    if (state == State.RUNNING) {
      host.meter().ended(ending);
    }
    state = State.ENDED;
    banks.forEach(Bank::release);
    host.claims().release(token, number);
    banks.clear();
    touched = new Bank[0];
    LOG.info(
        "event=session_ended session={} client={} ending={} reason=\"{}\"",
        number,
        client,
        ending,
        reason);
    host.listener().ended(number, client, ending, reason);
  }
}
