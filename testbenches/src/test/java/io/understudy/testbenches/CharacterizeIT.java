package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A characterization as a user runs it, and one that is killed. */
@Timeout(180)
class CharacterizeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path CIRCUIT = ProductHome.path("docs", "examples", "amplifier_corners");
  private static final int RUNS = 40;
  private static final int CHECKS = 4;
  private static final Pattern SUMMARY =
      Pattern.compile(
          "(\\d+) runs, (\\d+) events; (\\d+) runs simulated now, "
              + "ngspice \\d+\\.\\d{3} CPU seconds a run, (\\d+) workers; "
              + "ngspice's own error in (\\d+) runs: .*");

  @TempDir private Path folder;

  private String[] arguments(String out) {
    return new String[] {
      "characterize",
      CIRCUIT.toString(),
      "--runs",
      String.valueOf(RUNS),
      "--jobs",
      "2",
      "--out",
      folder.resolve(out).toString()
    };
  }

  @Test
  void goesOnAfterAKillWithoutDoingAnythingTwice() throws Exception {
    Matcher whole = summary(CommandLineRun.succeeding((Object[]) arguments("whole")));
    assertEquals(RUNS, Integer.parseInt(whole.group(1)));
    assertEquals(RUNS + CHECKS, Integer.parseInt(whole.group(3)));
    assertEquals(CHECKS, Integer.parseInt(whole.group(5)));
    Path data = folder.resolve("killed");
    List<String> command = UnderstudyCommand.of(arguments("killed"));
    try (RunningProgram program = RunningProgram.start(folder, Map.of(), command)) {
      // The second line of progress: a tenth is done, most is not.
      program.await("understudy: characterizing amplifier_corners: ", LIMIT);
      program.await("understudy: characterizing amplifier_corners: ", LIMIT);
      program.kill();
    }
    assertFalse(Files.exists(data.resolve("schema.json")));
    assertTrue(Files.isDirectory(data.resolve("scratch")), "killed while runs were under way");
    int done = parts(data);
    assertTrue(done > 0 && done < RUNS, "runs done: " + done);
    Matcher resumed = summary(CommandLineRun.succeeding((Object[]) arguments("killed")));
    assertEquals(RUNS + CHECKS - done, Integer.parseInt(resumed.group(3)));
    for (String file : List.of("events.csv.gz", "schema.json", "accuracy.json")) {
      assertEquals(-1, Files.mismatch(folder.resolve("whole").resolve(file), data.resolve(file)));
    }
    assertFalse(Files.exists(data.resolve("scratch")));
  }

  @Test
  void refusesWrongUse() {
    CommandLineRun negative =
        CommandLineRun.of("characterize", CIRCUIT, "--check", "-1", "--out", folder.resolve("x"));
    assertEquals(2, negative.status());
    assertTrue(negative.err().contains("--check: -1 (expected: at least 0)"), negative::err);
    CommandLineRun without =
        CommandLineRun.of(
            "characterize",
            ProductHome.path("docs", "examples", "rc_stage"),
            "--check",
            "2",
            "--out",
            folder.resolve("x"));
    assertEquals(2, without.status());
    assertTrue(without.err().contains("--check: 2 (expected: 0, as "), without::err);
    assertTrue(without.err().contains("no characterization.check"), without::err);
  }

  private static int parts(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("parts"))) {
      return (int) files.filter(file -> file.toString().endsWith(".csv")).count();
    }
  }

  private static Matcher summary(CommandLineRun run) {
    String line = run.out().lines().findFirst().orElseThrow();
    Matcher matcher = SUMMARY.matcher(line);
    assertTrue(matcher.matches(), line);
    return matcher;
  }
}
