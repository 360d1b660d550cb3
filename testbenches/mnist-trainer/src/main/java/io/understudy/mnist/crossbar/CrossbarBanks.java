package io.understudy.mnist.crossbar;

import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.StepRows;
import io.understudy.surrogate.predict.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The network with its rows answered by surrogates, image after image: what the RTL computes with
 * them, without a simulator. Each bank's rows keep their states from image to image.
 */
public final class CrossbarBanks {
  /** Periods between two inputs of a tile in the RTL. */
  private static final int IMAGE_PERIODS = 50;

  private final CrossbarNetwork network;
  private final List<List<BankEvaluator>> banks = new ArrayList<>();
  private final StepRows step = new StepRows(RowKind.WIDTH, true);

  /** ADC codes as they stand: [layer][tile][row]. */
  private final int[][][] held = new int[3][][];

  private final int[][] codes = new int[3][];
  private final int[][] sums = new int[3][];
  private long period;

  /**
   * Opens the banks.
   *
   * @param surrogates by the circuit's name
   */
  public CrossbarBanks(
      CrossbarNetwork network, CrossbarVariant variant, Function<String, Surrogate> surrogates) {
    this.network = network;
    for (int k = 0; k < 3; k++) {
      Surrogate surrogate = surrogates.apply(variant.kinds().get(k).circuit());
      List<BankEvaluator> layer = new ArrayList<>();
      for (byte[][] tile : network.layers().get(k)) {
        double[][] parameters = new double[tile.length][RowKind.WIDTH + 1];
        for (int r = 0; r < tile.length; r++) {
          for (int w = 0; w <= RowKind.WIDTH; w++) {
            parameters[r][w] = tile[r][w];
          }
        }
        layer.add(surrogate.open(parameters, null));
      }
      banks.add(layer);
      codes[k] = new int[network.layers().get(k).length * RowKind.WIDTH];
      sums[k] = new int[network.layers().get(k)[0].length];
      held[k] = new int[network.layers().get(k).length][sums[k].length];
    }
  }

  /** Classifies the next image. */
  public int classify(boolean[] ink) {
    for (int i = 0; i < ink.length; i++) {
      codes[0][i] = CrossbarNetwork.inputCode(ink[i]);
    }
    for (int k = 0; k < 3; k++) {
      layer(k);
      for (int j = 0; k < 2 && j < sums[k].length; j++) {
        codes[k + 1][j] = Sigmoid.code(sums[k][j]);
      }
    }
    period += IMAGE_PERIODS;
    return CrossbarNetwork.largest(sums[2]);
  }

  /** The sums of the last image's ten outputs, in ADC codes. */
  public int[] scores() {
    return sums[2].clone();
  }

  private void layer(int k) {
    Arrays.fill(sums[k], 0);
    int rows = sums[k].length;
    for (int tile = 0; tile < network.layers().get(k).length; tile++) {
      step.reserveRows(rows);
      step.rows = rows;
      for (int r = 0; r < rows; r++) {
        step.instance[r] = r;
      }
      for (int i = 0; i < RowKind.WIDTH; i++) {
        step.inputs[i] = codes[k][tile * RowKind.WIDTH + i] * (0.8 / CrossbarNetwork.FULL);
      }
      BankEvaluator bank = banks.get(k).get(tile);
      bank.step(period, step);
      // Inputs that did not change are no event: the rows' outputs stand as they were.
      for (int a = 0; a < step.answers; a++) {
        held[k][tile][step.answered[a]] = code(step.output[a]);
      }
      for (int r = 0; r < rows; r++) {
        sums[k][r] += held[k][tile][r];
      }
    }
  }

  private static int code(double volts) {
    return (int) Math.rint(Math.max(-0.8, Math.min(0.8, volts)) / (0.8 / CrossbarNetwork.FULL));
  }
}
