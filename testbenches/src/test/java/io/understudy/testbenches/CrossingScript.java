package io.understudy.testbenches;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.frame.BankShape;
import io.understudy.server.frame.Close;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.StepFrame;
import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * The frames of one whole session, drawn from a seed: a bank of neurons, some with an input at an
 * edge and some idle, and a few crossbar rows with shared inputs.
 */
final class CrossingScript {
  private static final String NEURON = "lif_neuron";
  private static final String ROW = "crossbar_row_g30";

  /** Whole periods of both circuits: 4 of 5 ns and 5 of 4 ns. */
  private static final long EDGE_FS = 20_000_000;

  private static final int ROW_INPUTS = 32;
  private static final int ROWS = 3;
  private static final int IDLE_FROM = 4;
  private static final int IDLE_TO = 7;

  private final List<byte[]> frames = new ArrayList<>();
  private final FrameBuffer frame = new FrameBuffer();
  private final BankShape neurons;
  private final BankShape rows = new BankShape("tb.u_rows", ROWS, ROW_INPUTS, true);

  /**
   * @param neuronCount instances of the bank of neurons
   * @param steps time steps
   */
  CrossingScript(long seed, int neuronCount, int steps) {
    Random random = new Random(seed);
    neurons = new BankShape("tb.u_neurons", neuronCount, 1, false);
    new Hello("determinism").encode(frame, 1);
    keep();
    new Open(neuronCount, NEURON, neurons.path(), knobs(neuronCount, random)).encode(frame, 2);
    keep();
    new Open(ROWS, ROW, rows.path(), weights(random)).encode(frame, 3);
    keep();
    for (int step = 0; step < steps; step++) {
      boolean idle = step >= IDLE_FROM && step < IDLE_TO;
      spikes(step * EDGE_FS, idle, random);
      volts(step * EDGE_FS, random);
    }
    new Close(steps * EDGE_FS).encode(frame, next());
    keep();
  }

  private static String knobs(int count, Random random) {
    StringBuilder table = new StringBuilder("instance,v_sf,v_adap,v_lk\n");
    for (int i = 0; i < count; i++) {
      table.append(
          String.format(
              Locale.ROOT,
              "%d,%.3f,%.3f,%.3f\n",
              i,
              0.5 + 0.3 * random.nextDouble(),
              0.5 + 0.3 * random.nextDouble(),
              0.4 + 0.4 * random.nextDouble()));
    }
    return table.toString();
  }

  private static String weights(Random random) {
    StringBuilder table = new StringBuilder("instance");
    for (int w = 1; w <= ROW_INPUTS; w++) {
      table.append(",w").append(w);
    }
    for (int i = 0; i < ROWS; i++) {
      table.append('\n').append(i);
      for (int w = 0; w < ROW_INPUTS; w++) {
        table.append(',').append(random.nextInt(3) - 1);
      }
    }
    return table.append('\n').toString();
  }

  private void spikes(long timeFs, boolean idle, Random random) {
    StepRows step = new StepRows(1, false);
    step.reserveRows(neurons.instances());
    for (int i = 0; i < neurons.instances() && !idle; i++) {
      if (random.nextInt(20) != 0) {
        step.instance[step.rows] = i;
        step.inputs[step.rows++] = 4 * random.nextDouble() - 1.5;
      }
    }
    add(timeFs, 0, neurons, step);
  }

  private void volts(long timeFs, Random random) {
    StepRows step = new StepRows(ROW_INPUTS, true);
    step.reserveRows(ROWS);
    step.rows = ROWS;
    for (int i = 0; i < ROWS; i++) {
      step.instance[i] = i;
    }
    for (int k = 0; k < ROW_INPUTS; k++) {
      step.inputs[k] = 1.6 * random.nextDouble() - 0.8;
    }
    add(timeFs, 1, rows, step);
  }

  private void add(long timeFs, int bank, BankShape shape, StepRows step) {
    StepFrame.start(frame, next(), timeFs, 1);
    StepFrame.append(frame, bank, shape, step);
    frame.finish();
    keep();
  }

  private long next() {
    return frames.size() + 1L;
  }

  private void keep() {
    frames.add(bytes(frame));
  }

  /** A frame's bytes, copied. */
  static byte[] bytes(FrameBuffer frame) {
    byte[] copy = new byte[FrameHeader.frameBytes(frame.bytes())];
    frame.bytes().get(0, copy);
    return copy;
  }

  /**
   * Plays the session.
   *
   * @param exchange sends a frame and returns its answer
   * @return the answers without WELCOME, whose session number and token are each session's own; the
   *     last is SUMMARY
   */
  List<byte[]> play(UnaryOperator<byte[]> exchange) {
    List<byte[]> answers = new ArrayList<>();
    for (byte[] request : frames) {
      byte[] answer = exchange.apply(request);
      int type = FrameHeader.type(ByteBuffer.wrap(answer));
      if (type == FrameType.FRAME_TYPE_ERROR_VALUE) {
        throw new AssertionError("ERROR: " + new String(answer, StandardCharsets.UTF_8));
      }
      if (type != FrameType.FRAME_TYPE_WELCOME_VALUE) {
        answers.add(answer);
      }
    }
    return answers;
  }
}
