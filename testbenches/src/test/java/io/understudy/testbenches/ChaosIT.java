package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.cli.chaos.ChaosBench;
import io.understudy.cli.chaos.Ending;
import io.understudy.cli.chaos.Transport;
import io.understudy.cli.demo.DemoSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped system while its server is killed or its connection spoilt; {@code ./understudy
 * chaos} does the same with as many seeds as one likes.
 */
class ChaosIT {
  private static final int FAULTY_RUNS = 6;

  @TempDir private static Path folder;
  private static DemoSystem system;

  @BeforeAll
  static void buildsOnce() throws IOException {
    system = ProductHome.system();
    for (DemoSystem.Kind kind : DemoSystem.Kind.values()) {
      system.build(kind);
    }
  }

  static Stream<Arguments> benches() {
    return Stream.of(
        Arguments.of(DemoSystem.Kind.ICARUS, Transport.TCP, false),
        Arguments.of(DemoSystem.Kind.VERILATOR, Transport.UNIX, true));
  }

  @ParameterizedTest
  @MethodSource("benches")
  void endsWithTheSameBytesWhereverItsServerIsKilled(
      DemoSystem.Kind kind, Transport transport, boolean takeover) throws IOException {
    try (ChaosBench bench =
        new ChaosBench(
            system, kind, transport, takeover, Ending.KILL, folder.resolve("kills-" + kind))) {
      for (long seed = 1; seed <= 2; seed++) {
        assertPassed(bench.kill(seed), seed);
      }
    }
  }

  /** The same crossings as messages of calls; seed 501 has one whose end does not come in time. */
  @Test
  void endsWithTheSameBytesOverGrpc() throws IOException {
    try (ChaosBench bench =
        new ChaosBench(
            system,
            DemoSystem.Kind.VERILATOR,
            Transport.GRPC,
            false,
            Ending.KILL,
            folder.resolve("grpc"))) {
      assertPassed(bench.kill(1), 1);
      assertPassed(bench.faults(501), 501);
    }
  }

  /** SIGTERM in the middle of a run: the server drains, another with the same models goes on. */
  @Test
  void endsWithTheSameBytesWhenItsServerDrainsAndAnotherTakesOver() throws IOException {
    try (ChaosBench bench =
        new ChaosBench(
            system,
            DemoSystem.Kind.VERILATOR,
            Transport.TCP,
            true,
            Ending.TERM,
            folder.resolve("drains"))) {
      for (long seed = 1; seed <= 2; seed++) {
        assertPassed(bench.kill(seed), seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("benches")
  void endsWithTheSameBytesOrADiagnosisWhateverTheConnectionDoes(
      DemoSystem.Kind kind, Transport transport, boolean takeover) throws IOException {
    try (ChaosBench bench =
        new ChaosBench(
            system, kind, transport, false, Ending.KILL, folder.resolve("faults-" + kind))) {
      for (long seed = 1; seed <= FAULTY_RUNS; seed++) {
        assertPassed(bench.faults(seed), seed);
      }
    }
  }

  private static void assertPassed(ChaosBench.Outcome outcome, long seed) {
    assertTrue(
        outcome.passed(), () -> "seed " + seed + ": " + outcome.what() + ": " + outcome.verdict());
  }
}
