package io.understudy.cli.serve;

import io.understudy.cli.UsageException;
import io.understudy.server.ServerException;
import io.understudy.server.ServingLimits;
import io.understudy.server.session.SessionLimits;
import picocli.CommandLine.Option;

/** What clients may use of the server. */
final class LimitOptions {
  @Option(
      names = "--max-sessions",
      paramLabel = "N",
      description = "most sessions at once (default: ${DEFAULT-VALUE})")
  private int sessions = ServingLimits.DEFAULT.sessions();

  @Option(
      names = "--max-instances",
      paramLabel = "N",
      description = "most instances a session (default: ${DEFAULT-VALUE})")
  private int instances = SessionLimits.DEFAULT.instances();

  @Option(
      names = "--max-frame-bytes",
      paramLabel = "N",
      description = "longest frame (default: ${DEFAULT-VALUE})")
  private int frameBytes = ServingLimits.DEFAULT.frameBytes();

  @Option(
      names = "--max-in-flight",
      paramLabel = "N",
      description =
          "most frames that a client may send ahead of their answers (default: ${DEFAULT-VALUE})")
  private int framesInFlight = ServingLimits.DEFAULT.framesInFlight();

  @Option(
      names = "--idle-timeout-s",
      paramLabel = "S",
      description = "a session without a frame for so long ends (default: ${DEFAULT-VALUE})")
  private int idleTimeoutS = ServingLimits.DEFAULT.idleTimeoutMs() / 1_000;

  @Option(
      names = "--drain-timeout-s",
      paramLabel = "S",
      description = "how long a stop waits for frames in work (default: ${DEFAULT-VALUE})")
  private int drainTimeoutS = ServingLimits.DEFAULT.drainTimeoutMs() / 1_000;

  ServingLimits serving() {
    try {
      return new ServingLimits(
          sessions,
          frameBytes,
          framesInFlight,
          ServingLimits.DEFAULT.helloTimeoutMs(),
          Math.multiplyExact(idleTimeoutS, 1_000),
          Math.multiplyExact(drainTimeoutS, 1_000));
    } catch (ServerException e) {
      throw new UsageException("limits: " + e.getMessage());
    } catch (ArithmeticException e) {
      throw new UsageException(
          "timeouts: " + idleTimeoutS + " and " + drainTimeoutS + " s (expected: below 2147483)");
    }
  }

  SessionLimits session() {
    SessionLimits usual = SessionLimits.DEFAULT;
    try {
      return new SessionLimits(
          Math.min(usual.bankInstances(), Math.max(instances, 1)), instances, usual.banks());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--max-instances: " + e.getMessage());
    }
  }
}
