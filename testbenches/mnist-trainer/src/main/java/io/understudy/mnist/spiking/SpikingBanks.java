package io.understudy.mnist.spiking;

import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.predict.Surrogate;
import java.util.Arrays;

/**
 * The network with its neurons answered by surrogates, image after image: what the RTL computes
 * with them, without a simulator. The neurons keep their states from image to image.
 */
public final class SpikingBanks {
  /** Periods from a neuron's spike to the charges that it gives: spike and charge registers. */
  private static final int DELAY = 3;

  private static final long PERIOD_FS = 5_000_000;

  private final SpikingNetwork network;
  private final PoissonEncoder encoder;
  private final Layer input;
  private final Layer hidden;
  private final Layer output;

  /** The testbench's first image reaches the input neurons then. */
  private long period = 13;

  /**
   * Opens the banks.
   *
   * @param seed of the encoder
   */
  public SpikingBanks(SpikingNetwork network, Surrogate surrogate, long seed) {
    this.network = network;
    this.encoder = new PoissonEncoder(seed);
    this.input = new Layer(surrogate, SpikingNetwork.INPUTS);
    this.hidden = new Layer(surrogate, SpikingNetwork.HIDDEN);
    this.output = new Layer(surrogate, SpikingNetwork.OUTPUTS);
  }

  /** One bank: its spikes of the last periods, newest first. */
  private static final class Layer {
    final BankEvaluator bank;
    final StepRows rows = new StepRows(1, false);
    final boolean[][] spikes = new boolean[DELAY + 1][];

    Layer(Surrogate surrogate, int neurons) {
      double[][] parameters = new double[neurons][];
      Arrays.fill(parameters, SpikingNetwork.biasPoint(surrogate.folder().circuit()));
      bank = surrogate.open(parameters, null);
      rows.reserveRows(neurons);
      for (int k = 0; k < spikes.length; k++) {
        spikes[k] = new boolean[neurons];
      }
    }

    /** The spikes that reach the next layer now. */
    boolean[] delayed() {
      return spikes[DELAY - 1];
    }

    void step(long period, int[] charges) {
      boolean[] oldest = spikes[DELAY];
      System.arraycopy(spikes, 0, spikes, 1, DELAY);
      spikes[0] = oldest;
      Arrays.fill(oldest, false);
      rows.rows = 0;
      for (int j = 0; j < charges.length; j++) {
        if (charges[j] != 0) {
          rows.instance[rows.rows] = j;
          rows.inputs[rows.rows++] = charges[j] * SpikingNetwork.CHARGE_LSB;
        }
      }
      bank.step(period, rows);
      for (int a = 0; a < rows.answers; a++) {
        // A spike so late that it comes after its period is lost here; none has been seen.
        oldest[rows.answered[a]] |= rows.output[a] > 0 && rows.delayFs[a] < PERIOD_FS;
      }
    }
  }

  /**
   * Runs the next image.
   *
   * @param levels its grey levels
   * @return spikes of each output
   */
  public int[] run(int[] levels) {
    int[] counts = new int[SpikingNetwork.OUTPUTS];
    boolean[] events = new boolean[SpikingNetwork.INPUTS];
    for (int t = 0; t < SpikingNetwork.STEPS + SpikingNetwork.GAP; t++) {
      Arrays.fill(events, false);
      if (t < SpikingNetwork.STEPS) {
        encoder.step(levels, events);
      }
      int[] outputCharges = charges(hidden.delayed(), network.output(), SpikingNetwork.OUTPUTS);
      int[] hiddenCharges = charges(input.delayed(), network.hidden(), SpikingNetwork.HIDDEN);
      int[] inputCharges = new int[SpikingNetwork.INPUTS];
      for (int i = 0; i < events.length; i++) {
        inputCharges[i] = events[i] ? SpikingNetwork.INPUT_CHARGE : 0;
      }
      input.step(period, inputCharges);
      hidden.step(period, hiddenCharges);
      output.step(period, outputCharges);
      for (int j = 0; j < counts.length; j++) {
        counts[j] += output.spikes[0][j] ? 1 : 0;
      }
      period++;
    }
    return counts;
  }

  /** The class of an image: the output with the most spikes, the first of equals. */
  public int classify(int[] levels) {
    return SpikingTrainer.largest(run(levels));
  }

  private static int[] charges(boolean[] spikes, byte[][] weights, int outputs) {
    int[] charges = new int[outputs];
    for (int i = 0; i < spikes.length; i++) {
      if (spikes[i]) {
        for (int j = 0; j < outputs; j++) {
          charges[j] += weights[i][j];
        }
      }
    }
    for (int j = 0; j < outputs; j++) {
      charges[j] = SpikingNetwork.saturate(charges[j]);
    }
    return charges;
  }
}
