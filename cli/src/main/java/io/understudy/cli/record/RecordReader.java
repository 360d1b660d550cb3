package io.understudy.cli.record;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a record's first session. */
public final class RecordReader {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;
  private final Function<String, Circuit> circuits;
  private final List<Bank> banks = new ArrayList<>();
  private final StepFrame step = new StepFrame();

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
   * The banks of the record's first session.
   *
   * @param circuits gives a circuit by its name
   * @throws UsageException naming the file, when it is no whole record
   */
  public static List<RecordedBank> banks(Path file, Function<String, Circuit> circuits)
      throws IOException {
    RecordReader reader = new RecordReader(file, circuits);
    chunks(file, reader::accept);
    return reader.banks.stream().map(RecordReader::recorded).toList();
  }

  /** Takes a chunk of the record's first session. */
  @FunctionalInterface
  interface Chunk {
    void accept(int kind, byte[] bytes) throws IOException;
  }

  /** Reads all chunks of the first session. */
  static void chunks(Path file, Chunk taker) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(file + ": no such file (expected: a record)");
    }
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
      ByteBuffer head = read(in, RecordFormat.HEAD_BYTES);
      byte[] magic = new byte[RecordFormat.MAGIC.length];
      head.get(magic);
      int version = head.getInt();
      if (!Arrays.equals(magic, RecordFormat.MAGIC) || version != RecordFormat.VERSION) {
        throw new UsageException(
            file + ": no record of version " + RecordFormat.VERSION + " (expected: run --record)");
      }
      boolean first = true;
      int session = 0;
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        ByteBuffer chunk = read(in, RecordFormat.CHUNK_HEAD_BYTES);
        int kind = chunk.getInt();
        int of = chunk.getInt();
        byte[] bytes = read(in, chunk.getInt()).array();
        session = first ? of : session;
        first = false;
        if (of == session) {
          taker.accept(kind, bytes);
        }
      }
    } catch (EOFException | ZipException e) {
      throw new UsageException(file + ": cut or damaged (expected: a whole record)");
    }
  }

  private static ByteBuffer read(InputStream in, int bytes) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void accept(int kind, byte[] bytes) throws IOException {
    switch (kind) {
      case RecordFormat.BANK -> {
        RecordedBank.Opening opening = MAPPER.readValue(bytes, RecordedBank.Opening.class);
        banks.add(new Bank(opening, circuits.apply(opening.circuit())));
      }
      case RecordFormat.EVENT -> event(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      case RecordFormat.REQUEST -> request(bytes);
      case RecordFormat.REPLY -> {
        // What was answered is what the events say.
      }
      default -> throw new UsageException(file + ": chunk of kind " + kind + " (expected: 1 to 4)");
    }
  }

  private void event(ByteBuffer bytes) {
    Bank bank = banks.get(bytes.getInt());
    int instance = bytes.getInt();
    EventKind kind = EventKind.values()[bytes.getInt()];
    double[] states = new double[bytes.getInt()];
    long first = bytes.getLong();
    long periods = bytes.getLong();
    double output = bytes.getDouble();
    double energyJ = bytes.getDouble();
    double latencyS = bytes.getDouble();
    for (int k = 0; k < states.length; k++) {
      states[k] = bytes.getDouble();
    }
    bank.events.event(instance, first, kind, periods, output, energyJ, latencyS, states);
  }

  private void request(byte[] bytes) {
    FrameBuffer frame = new FrameBuffer();
    frame.reserve(bytes.length);
    frame.bytes().clear().put(bytes).flip();
    if (FrameHeader.type(frame.bytes()) != FrameType.FRAME_TYPE_STEP_VALUE) {
      return;
    }
    long timeFs = FrameHeader.timeFs(frame.bytes());
    step.begin(frame);
    for (int s = step.sections(); s > 0; s--) {
      Bank bank = banks.get((int) step.nextBank());
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
