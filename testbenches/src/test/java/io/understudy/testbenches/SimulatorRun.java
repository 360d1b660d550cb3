package io.understudy.testbenches;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A simulation that has ended.
 *
 * @param status the simulator's exit status
 * @param output all that it wrote
 * @param summary the shim's summary as JSON; null when the session was not closed
 */
record SimulatorRun(int status, String output, String summary) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * Runs a simulation against a server.
   *
   * @param server its address, as the shim takes it
   * @param directory the working directory
   */
  static SimulatorRun of(List<String> command, String server, Path directory) throws IOException {
    return of(command, server, directory, Map.of());
  }

  /** The same with more variables in the environment. */
  static SimulatorRun of(
      List<String> command, String server, Path directory, Map<String, String> variables)
      throws IOException {
    Path summary = directory.resolve("summary.json");
    Files.deleteIfExists(summary);
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("UNDERSTUDY_SERVER", server);
    environment.put("UNDERSTUDY_SUMMARY", summary.toString());
    Execution execution = Execution.of(directory, environment, LIMIT, command);
    return new SimulatorRun(
        execution.status(),
        execution.output(),
        Files.exists(summary) ? Files.readString(summary) : null);
  }
}
