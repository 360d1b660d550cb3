package io.understudy.benchmarks.crossing;

import io.understudy.server.ListenAddress;
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import java.util.Arrays;
import java.util.List;

/**
 * Round trips by the product's own Java client, as a program that can be bound to a core: prints
 * the median and the tenth percentile in ns. Arguments: address, circuit, period in fs, instances,
 * rounds of warm-up, rounds.
 */
public final class RoundTrips {
  private static final long TIMEOUT_MS = 20_000;

  private RoundTrips() {}

  /** Measures. */
  public static void main(String[] arguments) {
    ListenAddress address = ListenAddress.parse(arguments[0]);
    long periodFs = Long.parseLong(arguments[2]);
    int instances = Integer.parseInt(arguments[3]);
    int warmUp = Integer.parseInt(arguments[4]);
    int rounds = Integer.parseInt(arguments[5]);
    try (CrossingClient client = CrossingClient.connect(address, "round-trips", TIMEOUT_MS)) {
      ClientBank bank = client.open(arguments[1], "b", instances, "");
      bank.rows().reserveRows(instances);
      bank.rows().rows = instances;
      Arrays.setAll(bank.rows().instance, i -> i);
      List<ClientBank> banks = List.of(bank);
      long[] ns = new long[rounds];
      for (int k = -warmUp; k < rounds; k++) {
        long start = System.nanoTime();
        client.step((k + warmUp) * periodFs, banks);
        if (k >= 0) {
          ns[k] = System.nanoTime() - start;
        }
      }
      Arrays.sort(ns);
      System.out.printf("median_ns=%d p10_ns=%d%n", ns[rounds / 2], ns[rounds / 10]);
    }
  }
}
