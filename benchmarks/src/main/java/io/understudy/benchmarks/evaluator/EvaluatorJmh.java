package io.understudy.benchmarks.evaluator;

import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.ShippedSurrogate;
import io.understudy.surrogate.forest.Forest;
import io.understudy.surrogate.forest.ForestReader;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One forest's batch and single rows in JMH, for work on the evaluator: what {@link EvaluatorBench}
 * measures of all, with forks and profilers. See benchmarks/README.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EvaluatorJmh {
  /** The product's folder. */
  @Param(".")
  public String home;

  /** The circuit. */
  @Param("lif_neuron")
  public String circuit;

  /** One of its predictors. */
  @Param({"INPUT_spike", "E1_latency"})
  public String predictor;

  private ForestBatch batch;
  private LightGbm lightGbm;
  private double[] rows;
  private double[] row;

  /** Loads the forest and draws its rows. */
  @Setup
  public void load() {
    BenchOptions options = new BenchOptions(Path.of(home), Path.of(home), Set.of(), false);
    ShippedSurrogate shipped = ShippedSurrogate.of(options, circuit);
    TrainedPredictor trained =
        shipped.source().manifest().predictors().stream()
            .filter(p -> p.name().equals(predictor))
            .findFirst()
            .orElseThrow();
    String text = shipped.source().trees().get(trained.trees());
    Forest forest = ForestReader.read(trained.trees(), text);
    rows = EvaluatorBench.rows(trained, forest.features());
    row = Arrays.copyOf(rows, forest.features());
    batch = new ForestBatch(forest, rows, EvaluatorBench.ROWS);
    lightGbm = new LightGbm(text, forest.features());
  }

  /** Frees LightGBM's model. */
  @TearDown
  public void close() {
    lightGbm.close();
  }

  /** Ours, a row of a batch. */
  @Benchmark
  @OperationsPerInvocation(EvaluatorBench.ROWS)
  public double batch() {
    return batch.run();
  }

  /** lightgbm4j's, a row of a batch. */
  @Benchmark
  @OperationsPerInvocation(EvaluatorBench.ROWS)
  public double[] lightGbmBatch() {
    return lightGbm.batch(rows, EvaluatorBench.ROWS);
  }

  /** Ours, one row. */
  @Benchmark
  public double single() {
    return batch.single();
  }

  /** SingleRowFast. */
  @Benchmark
  public double lightGbmSingleFast() {
    return lightGbm.singleFast(row);
  }
}
