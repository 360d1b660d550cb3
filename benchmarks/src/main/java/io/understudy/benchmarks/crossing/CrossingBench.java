package io.understudy.benchmarks.crossing;

import io.understudy.benchmarks.measure.BenchException;
import io.understudy.benchmarks.measure.BenchOptions;
import io.understudy.benchmarks.measure.BenchProcess;
import io.understudy.benchmarks.measure.PairedRounds;
import io.understudy.server.ListenAddress;
import io.understudy.surrogate.circuit.CircuitReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Round trips of raw frames with the evaluation left out, client and server bound to one core, in
 * turns with a C program that sends the same bytes to a C echo over a Unix socket.
 */
public final class CrossingBench {
  private static final String CIRCUIT = "lif_neuron";
  private static final int[] SIZES = {1, 32, 1_000, 20_000};
  private static final int LARGE = 10_000;
  private static final int ALLOCATION_FRAMES = 10_000;
  private static final Pattern MEASURED = Pattern.compile("median_ns=(\\d+) p10_ns=(\\d+)");

  private final BenchOptions options;
  private final Path errors;
  private final int core = BenchProcess.core();
  private final long periodFs;

  private CrossingBench(BenchOptions options) {
    this.options = options;
    this.errors = options.work().resolve("crossing.log");
    this.periodFs = CircuitReader.read(options.models().resolve(CIRCUIT)).circuit().periodFs();
  }

  /**
   * One transport and size, in ns.
   *
   * @param address unix, tcp or grpc
   * @param client c or java
   * @param medianNs of a round trip
   * @param p10Ns its tenth percentile
   * @param echoNs the C echo's median over a Unix socket in the same rounds
   * @param echoP10Ns its tenth percentile
   * @param ratio median over the rounds of the medians' ratio: how many times slower than the echo
   */
  public record TripFigures(
      String address,
      String client,
      int instances,
      double medianNs,
      double p10Ns,
      double echoNs,
      double echoP10Ns,
      double ratio) {}

  /**
   * All round trips.
   *
   * @param unixN1Ratio how many times slower than the C echo; likewise the others
   * @param unixN1Us the round trip's median in us
   */
  public record Figures(
      double unixN1Ratio,
      double unixN32Ratio,
      double unixN1000Ratio,
      double unixN20000Ratio,
      double unixN1Us,
      double allocationBytesPerFrame,
      List<TripFigures> trips) {}

  /** Measures; the programs in C must have been built. */
  public static Figures run(BenchOptions options) {
    return new CrossingBench(options).measure();
  }

  private Figures measure() {
    Path folder;
    try {
      // Short, as a Unix socket's path must be.
      folder = Files.createTempDirectory("us");
    } catch (IOException e) {
      throw new BenchException("temporary files: " + e.getMessage(), e);
    }
    String echo = "unix:" + folder.resolve("e");
    List<String> serve = new ArrayList<>(List.of(options.models().toString()));
    serve.add("unix:" + folder.resolve("s"));
    serve.add("tcp:127.0.0.1:0");
    if (servesGrpc()) {
      serve.add("grpc:127.0.0.1:0");
    }
    try (BenchProcess server =
            BenchProcess.start(
                BenchProcess.java(core, EchoServer.class, serve),
                options.work().resolve("echo-server.log"),
                Map.of());
        BenchProcess echoServer =
            BenchProcess.start(
                List.of(
                    "taskset",
                    "-c",
                    String.valueOf(core),
                    program("echo_server"),
                    folder.resolve("e").toString()),
                errors,
                Map.of())) {
      List<String> addresses = List.of(server.line().split(" "));
      echoServer.line();
      return figures(server, addresses, echo);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("e"));
      Files.deleteIfExists(folder.resolve("s"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new BenchException("temporary files: " + folder + ": " + e.getMessage(), e);
    }
  }

  private static boolean servesGrpc() {
    try {
      return ListenAddress.parse("grpc:127.0.0.1:0") != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Figures figures(BenchProcess server, List<String> addresses, String echo) {
    List<TripFigures> trips = new ArrayList<>();
    for (String address : addresses) {
      boolean isRaw = !address.startsWith("grpc:");
      if (isRaw) {
        warmUp(address);
        for (int size : SIZES) {
          trips.add(trips(address, echo, size, true));
        }
      }
    }
    double allocation = allocation(server, addresses.get(0));
    for (String address : addresses) {
      for (int size : SIZES) {
        trips.add(trips(address, echo, size, false));
      }
    }
    return new Figures(
        trips.get(0).ratio(),
        trips.get(1).ratio(),
        trips.get(2).ratio(),
        trips.get(3).ratio(),
        trips.get(0).medianNs() / 1e3,
        allocation,
        trips);
  }

  /** The server's code is compiled while it runs. */
  private void warmUp(String address) {
    frames(address, 32, 20_000, 10);
    frames(address, 20_000, 1_000, 10);
    frames(address, 32, 10_000, 10);
  }

  private double allocation(BenchProcess server, String address) {
    frames(address, 32, ALLOCATION_FRAMES, 1);
    long before = Long.parseLong(server.ask("allocated"));
    frames(address, 32, ALLOCATION_FRAMES, 1);
    long twice = Long.parseLong(server.ask("allocated"));
    frames(address, 32, 2 * ALLOCATION_FRAMES, 1);
    long thrice = Long.parseLong(server.ask("allocated"));
    // Each session's beginning allocates; the second had as many frames more.
    return Math.max(0, (double) ((thrice - twice) - (twice - before)) / ALLOCATION_FRAMES);
  }

  private TripFigures trips(String address, String echo, int size, boolean inC) {
    int rounds = options.either(3, 7);
    int count = size > LARGE ? options.either(200, 400) : options.either(1_500, 3_000);
    int warmUp = size > LARGE ? 40 : 300;
    double[] median = new double[rounds];
    double[] p10 = new double[rounds];
    double[] echoMedian = new double[rounds];
    double[] echoP10 = new double[rounds];
    double[] ratio = new double[rounds];
    for (int k = 0; k < rounds; k++) {
      long[] ours =
          inC
              ? frames(address, size, warmUp, count)
              : measured(javaClient(address, size, size > LARGE ? 600 : 8_000, count));
      long[] bare = measured(onCore("bytes", echo, text(size), text(warmUp), text(count)));
      median[k] = ours[0];
      p10[k] = ours[1];
      echoMedian[k] = bare[0];
      echoP10[k] = bare[1];
      ratio[k] = (double) ours[0] / bare[0];
    }
    return new TripFigures(
        address.substring(0, address.indexOf(':')),
        inC ? "c" : "java",
        size,
        PairedRounds.median(median),
        PairedRounds.median(p10),
        PairedRounds.median(echoMedian),
        PairedRounds.median(echoP10),
        PairedRounds.median(ratio));
  }

  private long[] frames(String address, int size, int warmUp, int count) {
    return measured(
        onCore("frames", address, CIRCUIT, text(periodFs), text(size), text(warmUp), text(count)));
  }

  private static String text(long number) {
    return String.valueOf(number);
  }

  private String program(String name) {
    return options.home().resolve("benchmarks/echo/build").resolve(name).toString();
  }

  private List<String> onCore(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("taskset", "-c", text(core), program("round_trips")));
    command.addAll(List.of(arguments));
    return command;
  }

  private List<String> javaClient(String address, int size, int warmUp, int count) {
    return BenchProcess.java(
        core,
        RoundTrips.class,
        List.of(address, CIRCUIT, text(periodFs), text(size), text(warmUp), text(count)));
  }

  private long[] measured(List<String> command) {
    String line = BenchProcess.lastLine(command, errors, Map.of());
    Matcher matcher = MEASURED.matcher(line);
    if (!matcher.matches()) {
      throw new BenchException(String.join(" ", command) + ": " + line + " (expected: medians)");
    }
    return new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))};
  }
}
