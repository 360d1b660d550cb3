package io.understudy.cli.shadow;

import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.cli.golden.GoldenBackend;
import io.understudy.server.registry.ModelEntry;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EventListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Answers banks with surrogates, and has ngspice follow a random part of each bank's instances. */
public final class ShadowBackend implements GoldenBackend {
  private final LockstepSimulator simulator;
  private final double share;
  private final Random random;
  private final List<ShadowBank> banks = new ArrayList<>();

  /**
   * @param share of a bank's instances that is followed, above 0 to 1; at least one is
   * @param seed of the choice
   */
  public ShadowBackend(LockstepSimulator simulator, double share, long seed) {
    this.simulator = simulator;
    this.share = share;
    this.random = new Random(seed);
  }

  @Override
  public BankEvaluator open(
      ModelEntry model, int instances, double[][] parameters, EventListener listenerOrNull) {
    ShadowBank bank =
        new ShadowBank(model, parameters, chosen(instances), simulator, listenerOrNull);
    synchronized (banks) {
      banks.add(bank);
    }
    return bank;
  }

  private synchronized int[] chosen(int instances) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, instances).boxed().toList());
    Collections.shuffle(all, random);
    int count = Math.max(1, (int) Math.round(share * instances));
    return all.subList(0, count).stream().mapToInt(i -> i).sorted().toArray();
  }

  /** What was found, for each bank in the order in which they were opened. */
  public List<ShadowFinding> findings() {
    synchronized (banks) {
      return banks.stream().map(ShadowFinding::of).toList();
    }
  }

  /** CPU time in s that ngspice has taken, in banks whose sessions have ended. */
  public double ngspiceCpuS() {
    return simulator.cpuS();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
