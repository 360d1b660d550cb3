package io.understudy.characterizer.train;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.understudy.surrogate.circuit.PredictorSpec.TreeOptions;
import io.understudy.surrogate.forest.ThresholdGrid;

/**
 * Learns boosted trees with LightGBM. One thread a model and deterministic settings: the same data
 * and seed give the same text on any number of cores.
 */
final class BoostedTrees {
  /** Rounds without improvement on the validation rows before learning stops. */
  private static final int PATIENCE = 40;

  private static final String COMMON =
      "deterministic=true force_row_wise=true num_threads=1 verbosity=-1 max_bin=511"
          + " feature_pre_filter=false";

  private BoostedTrees() {}

  /** The version of LightGBM that learns. */
  static String version() {
    return "4.3.0";
  }

  /** The options common to all predictors, for the provenance. */
  static String commonOptions() {
    return COMMON + " early_stopping_rounds=" + PATIENCE;
  }

  /**
   * What is learned.
   *
   * @param labels one a row: the residual to learn, or 1 and 0
   * @param start score in front of the trees for each row (decisions), or null
   * @param weights of the rows, or null: all alike
   */
  record Task(FeatureMatrix matrix, float[] labels, double[] start, float[] weights) {}

  /** What LightGBM makes small. */
  enum Objective {
    LOG_LOSS("binary", "binary_logloss"),
    SQUARES("regression", "l2"),
    ABSOLUTES("regression_l1", "l1");

    private final String options;

    Objective(String objective, String metric) {
      this.options = " objective=" + objective + " metric=" + metric;
    }
  }

  /**
   * Learns; stops early on the validation rows.
   *
   * @param objective log loss for the log odds of a decision, else of a regression
   * @return LightGBM's text model, its thresholds on the {@link ThresholdGrid grid}
   */
  static String learn(
      String name,
      Task train,
      Task validation,
      Objective objective,
      TreeOptions options,
      long seed) {
    if (options.trees() == 0) {
      return empty(train.matrix.width());
    }
    String parameters =
        COMMON
            + objective.options
            + " seed="
            + (seed & 0x3fffffff)
            + " num_leaves="
            + options.leaves()
            + " learning_rate="
            + options.learningRate()
            + " min_data_in_leaf="
            + options.minDataInLeaf()
            + " max_depth="
            + options.depth()
            + (options.linear() ? " linear_tree=true linear_lambda=" + options.linearLambda() : "");
    NativeLibrary.load();
    try (LGBMDataset data = dataset(train, parameters, null);
        LGBMDataset check = dataset(validation, parameters, data);
        LGBMBooster booster = LGBMBooster.create(data, parameters)) {
      booster.addValidData(check);
      double best = Double.POSITIVE_INFINITY;
      int bestRounds = 0;
      for (int round = 1; round <= options.trees(); round++) {
        boolean finished = booster.updateOneIter();
        double loss = booster.getEval(1)[0];
        if (loss < best) {
          best = loss;
          bestRounds = round;
        }
        if (finished || round - bestRounds >= PATIENCE) {
          break;
        }
      }
      if (bestRounds == 0) {
        return empty(train.matrix.width());
      }
      return ThresholdGrid.snapped(
          booster.saveModelToString(0, bestRounds, LGBMBooster.FeatureImportanceType.SPLIT));
    } catch (LGBMException e) {
      throw new TrainingException(name + ": LightGBM: " + e.getMessage(), e);
    }
  }

  /** LightGBM's own raw scores of a text model. */
  static double[] scores(String name, String text, FeatureMatrix matrix) {
    NativeLibrary.load();
    try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
      return booster.predictForMat(
          matrix.values(),
          matrix.rows(),
          matrix.width(),
          true,
          PredictionType.C_API_PREDICT_RAW_SCORE);
    } catch (LGBMException e) {
      throw new TrainingException(name + ": LightGBM: " + e.getMessage(), e);
    }
  }

  /**
   * A model's first trees.
   *
   * @param trees so many, at least one
   */
  static String cut(String name, String text, int trees) {
    NativeLibrary.load();
    try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
      return booster.saveModelToString(0, trees, LGBMBooster.FeatureImportanceType.SPLIT);
    } catch (LGBMException e) {
      throw new TrainingException(name + ": LightGBM: " + e.getMessage(), e);
    }
  }

  private static LGBMDataset dataset(Task task, String parameters, LGBMDataset reference)
      throws LGBMException {
    LGBMDataset dataset =
        LGBMDataset.createFromMat(
            task.matrix.values(),
            task.matrix.rows(),
            task.matrix.width(),
            true,
            parameters,
            reference);
    dataset.setField("label", task.labels);
    if (task.weights != null) {
      dataset.setField("weight", task.weights);
    }
    if (task.start != null) {
      dataset.setField("init_score", task.start);
    }
    return dataset;
  }

  /** A model without trees: its score is 0. */
  private static String empty(int width) {
    return "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx="
        + (width - 1)
        + "\nobjective=regression\n\nend of trees\n";
  }
}
