package io.understudy.cli.shadow;

import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.server.registry.ModelEntry;
import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.compare.EventCollector;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EvaluationException;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.StepRows;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A bank that a surrogate answers, some instances of which ngspice follows with the same inputs on
 * a thread of its own. It may lag some periods behind; then the bank waits for it.
 */
final class ShadowBank implements BankEvaluator {
  private static final int MOST_STEPS_BEHIND = 256;
  private static final long LAG_TIMEOUT_S = 3_600;
  private static final long RELEASE_TIMEOUT_MS = 10_000;

  /**
   * Inputs on their way to ngspice.
   *
   * @param period the step's
   * @param instances which of the followed ones have an input, by their place among these
   * @param inputs their inputs, or the shared ones
   * @param end true: the run ends with this period
   */
  private record Step(long period, int[] instances, double[] inputs, boolean end) {}

  private final Circuit circuit;
  private final int[] followed;
  private final int[] placeOf;
  private final EventCollector predicted = new EventCollector();
  private final EventCollector golden = new EventCollector();
  private final BankEvaluator surrogate;
  private final BankEvaluator ngspice;
  private final BlockingQueue<Step> queue = new ArrayBlockingQueue<>(MOST_STEPS_BEHIND);
  private final Thread follower;
  private volatile String failure = "";
  private boolean complete;

  /**
   * @param followed numbers of the instances that ngspice follows, ascending, at least one
   */
  ShadowBank(
      ModelEntry model,
      double[][] parameters,
      int[] followed,
      LockstepSimulator simulator,
      EventListener listenerOrNull) {
    this.circuit = model.folder().circuit();
    this.followed = followed.clone();
    this.placeOf = new int[parameters.length];
    Arrays.fill(placeOf, -1);
    for (int k = 0; k < followed.length; k++) {
      placeOf[followed[k]] = k;
    }
    EventListener own = listener(listenerOrNull);
    double[][] some = Arrays.stream(followed).mapToObj(i -> parameters[i]).toArray(double[][]::new);
    this.ngspice = simulator.open(model.folder(), some, golden);
    this.surrogate = model.surrogate().open(parameters, own);
    this.follower = new Thread(this::follow, "ngspice-shadow");
    follower.setDaemon(true);
    follower.start();
  }

  /** Keeps the surrogate's events of the followed instances, by their places. */
  private EventListener listener(EventListener next) {
    return (instance, step, kind, periods, output, energyJ, latencyS, states) -> {
      if (placeOf[instance] >= 0) {
        predicted.event(placeOf[instance], step, kind, periods, output, energyJ, latencyS, states);
      }
      if (next != null) {
        next.event(instance, step, kind, periods, output, energyJ, latencyS, states);
      }
    };
  }

  private void follow() {
    StepRows rows = new StepRows(circuit.inputColumns().size(), circuit.hasSharedInputs());
    rows.reserveRows(followed.length);
    try {
      while (true) {
        Step step = queue.take();
        if (step.end) {
          ngspice.close(step.period);
          return;
        }
        rows.rows = step.instances.length;
        System.arraycopy(step.instances, 0, rows.instance, 0, step.instances.length);
        System.arraycopy(step.inputs, 0, rows.inputs, 0, step.inputs.length);
        ngspice.step(step.period, rows);
      }
    } catch (InterruptedException e) {
      failure = "given up when its session ended";
    } catch (RuntimeException e) {
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
    } finally {
      ngspice.release();
    }
  }

  @Override
  public int instances() {
    return surrogate.instances();
  }

  @Override
  public void step(long period, StepRows rows) {
    send(toNgspice(period, rows));
    surrogate.step(period, rows);
  }

  private Step toNgspice(long period, StepRows rows) {
    int width = circuit.inputColumns().size();
    int[] some = new int[followed.length];
    double[] inputs = new double[circuit.hasSharedInputs() ? width : width * followed.length];
    int count = 0;
    for (int r = 0; r < rows.rows; r++) {
      int place = placeOf[rows.instance[r]];
      if (place >= 0) {
        int to = circuit.hasSharedInputs() ? 0 : count * width;
        System.arraycopy(rows.inputs, rows.inputOffset(r), inputs, to, width);
        some[count++] = place;
      }
    }
    return new Step(
        period,
        Arrays.copyOf(some, count),
        circuit.hasSharedInputs() ? inputs : Arrays.copyOf(inputs, count * width),
        false);
  }

  /** Hands a step on; waits while ngspice is too far behind. */
  private void send(Step step) {
    try {
      long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAG_TIMEOUT_S);
      while (failure.isEmpty() && !queue.offer(step, 1, TimeUnit.SECONDS)) {
        if (System.nanoTime() > deadlineNs) {
          throw new EvaluationException(
              "ngspice: "
                  + MOST_STEPS_BEHIND
                  + " periods behind for "
                  + LAG_TIMEOUT_S
                  + " s (expected: progress)");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluationException("ngspice: interrupted");
    }
  }

  @Override
  public void close(long endPeriod) {
    surrogate.close(endPeriod);
    send(new Step(endPeriod, new int[0], new double[0], true));
    try {
      follower.join(TimeUnit.SECONDS.toMillis(LAG_TIMEOUT_S));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluationException("ngspice: interrupted");
    }
    complete = failure.isEmpty() && !follower.isAlive();
  }

  @Override
  public void release() {
    follower.interrupt();
    try {
      follower.join(RELEASE_TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ngspice.release();
  }

  @Override
  public BankTotals totals() {
    return surrogate.totals();
  }

  Circuit circuit() {
    return circuit;
  }

  /** Numbers of the instances that ngspice followed. */
  int[] followed() {
    return followed.clone();
  }

  /** Whether ngspice followed to the end. */
  boolean isComplete() {
    return complete;
  }

  /** Why ngspice did not; empty if it did. */
  String failure() {
    return failure;
  }

  /** The followed instances' events, by their numbers in the bank; once the bank is complete. */
  List<EventPair> pairs() {
    return EventPair.pair(golden.events(), predicted.events()).stream()
        .map(
            pair ->
                new EventPair(
                    pair.golden().of(followed[pair.golden().run()]),
                    pair.predicted().of(followed[pair.predicted().run()])))
        .toList();
  }
}
