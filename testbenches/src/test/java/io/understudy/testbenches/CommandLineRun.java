package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A command of the command line that has ended.
 *
 * @param status its exit status
 * @param out its standard output
 * @param err its standard error
 */
record CommandLineRun(int status, String out, String err) {
  /**
   * Runs a command in this process.
   *
   * @param arguments texts and paths
   */
  static CommandLineRun of(Object... arguments) {
    String[] texts = Arrays.stream(arguments).map(CommandLineRun::text).toArray(String[]::new);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int status = Main.execute(texts);
      return new CommandLineRun(
          status,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Runs a command that must succeed. */
  static CommandLineRun succeeding(Object... arguments) {
    CommandLineRun run = of(arguments);
    assertEquals(0, run.status(), () -> Arrays.toString(arguments) + ": " + run.err());
    return run;
  }

  private static String text(Object argument) {
    return argument instanceof Path path ? path.toString() : (String) argument;
  }
}
