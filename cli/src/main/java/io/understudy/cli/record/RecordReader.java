package io.understudy.cli.record;

import io.understudy.cli.UsageException;
import io.understudy.proto.v1.FrameType;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.StepFrame;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads what a record's sessions were given and what became of it. */
public final class RecordReader implements RecordFile.Chunks {
  private final Path file;
  private final Function<String, Circuit> circuits;
  private final Map<Integer, Session> sessions = new LinkedHashMap<>();
  private final StepFrame step = new StepFrame();
  private final FrameBuffer frame = new FrameBuffer();

  /** What is known of a session so far. */
  private static final class Session {
    final List<Bank> banks = new ArrayList<>();
    boolean isClosed;
  }

  /** What is known of a bank so far. */
  private static final class Bank {
    final RecordedBank.Opening opening;
    final Circuit circuit;
    final BankShape shape;
    final StepRows rows;
    final EventCollector events = new EventCollector();
    final List<List<Stimulus.Row>> inputs = new ArrayList<>();
    long firstFs = -1;

    Bank(RecordedBank.Opening opening, Circuit circuit) {
      this.opening = opening;
      this.circuit = circuit;
      int width = circuit.inputColumns().size();
      shape = new BankShape(opening.path(), opening.instances(), width, circuit.hasSharedInputs());
      rows = new StepRows(width, circuit.hasSharedInputs());
      for (int k = 0; k < opening.instances(); k++) {
        inputs.add(new ArrayList<>());
      }
    }
  }

  private RecordReader(Path file, Function<String, Circuit> circuits) {
    this.file = file;
    this.circuits = circuits;
  }

  /**
   * The record's sessions in the order in which they began.
   *
   * @param circuits gives a circuit by its name
   * @throws UsageException naming the file, when it is no whole record, or has a session that was
   *     cut off or that began elsewhere
   */
  public static List<RecordedSession> sessions(Path file, Function<String, Circuit> circuits)
      throws IOException {
    RecordReader reader = new RecordReader(file, circuits);
    RecordFile.read(file, reader);
    List<RecordedSession> all = new ArrayList<>();
    for (Session session : reader.sessions.values()) {
      int number = all.size() + 1;
      if (!session.isClosed) {
        throw reader.partial(number, "cut off");
      }
      all.add(
          new RecordedSession(number, session.banks.stream().map(RecordReader::recorded).toList()));
    }
    return all;
  }

  private UsageException partial(int number, String what) {
    return new UsageException(
        file + ": session " + number + ": " + what + " (expected: a simulation from start to end)");
  }

  private Session session(int number) {
    return sessions.computeIfAbsent(number, n -> new Session());
  }

  @Override
  public void bank(int session, RecordedBank.Opening opening) {
    session(session).banks.add(new Bank(opening, circuits.apply(opening.circuit())));
  }

  @Override
  public void event(int session, ByteBuffer event) {
    Bank bank = session(session).banks.get(event.getInt());
    int instance = event.getInt();
    EventKind kind = EventKind.values()[event.getInt()];
    double[] states = new double[event.getInt()];
    long first = event.getLong();
    long periods = event.getLong();
    double output = event.getDouble();
    double energyJ = event.getDouble();
    double latencyS = event.getDouble();
    for (int k = 0; k < states.length; k++) {
      states[k] = event.getDouble();
    }
    bank.events.event(instance, first, kind, periods, output, energyJ, latencyS, states);
  }

  @Override
  public void request(int session, byte[] recorded) {
    Session of = session(session);
    switch (RecordedFrame.type(recorded)) {
      case FrameType.FRAME_TYPE_STEP_VALUE -> {
        RecordedFrame.read(recorded, frame);
        step(of);
      }
      case FrameType.FRAME_TYPE_RESTORE_VALUE ->
          throw partial(sessions.size(), "taken up from a checkpoint");
      default -> {
        // Greetings, openings and ends say nothing of the inputs.
      }
    }
  }

  @Override
  public void reply(int session, byte[] recorded) {
    Session of = session(session);
    of.isClosed = RecordedFrame.type(recorded) == FrameType.FRAME_TYPE_SUMMARY_VALUE;
  }

  private void step(Session session) {
    long timeFs = FrameHeader.timeFs(frame.bytes());
    step.begin(frame);
    for (int s = step.sections(); s > 0; s--) {
      Bank bank = session.banks.get((int) step.nextBank());
      step.read(bank.shape, bank.rows);
      bank.firstFs = bank.firstFs < 0 ? timeFs : bank.firstFs;
      long period = (timeFs - bank.firstFs) / bank.circuit.periodFs();
      for (int r = 0; r < bank.rows.rows; r++) {
        int at = bank.rows.inputOffset(r);
        List<Double> values =
            Arrays.stream(bank.rows.inputs, at, at + bank.shape.inputWidth()).boxed().toList();
        bank.inputs.get(bank.rows.instance[r]).add(new Stimulus.Row(period, values));
      }
    }
  }

  private static RecordedBank recorded(Bank bank) {
    List<Stimulus.Instance> instances = new ArrayList<>();
    for (int k = 0; k < bank.opening.instances(); k++) {
      List<Double> parameters = Arrays.stream(bank.opening.parameters()[k]).boxed().toList();
      instances.add(new Stimulus.Instance(k, parameters, bank.inputs.get(k)));
    }
    return new RecordedBank(bank.opening, new Stimulus(instances), bank.events.events());
  }
}
