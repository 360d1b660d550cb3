package io.understudy.cli.golden;

import io.understudy.characterizer.lockstep.LockstepOptions;
import io.understudy.characterizer.lockstep.LockstepSimulator;
import io.understudy.cli.Home;
import io.understudy.cli.UsageException;
import io.understudy.cli.shadow.ShadowBackend;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.registry.ModelEntry;
import io.understudy.surrogate.event.BankEvaluator;
import io.understudy.surrogate.event.EventListener;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say what answers a session's banks. */
public final class BackendOption {
  /** What answers. */
  public enum Kind {
    SURROGATE,
    NGSPICE,
    SHADOW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--backend",
      defaultValue = "surrogate",
      description =
          "what answers the banks: surrogate, ngspice, or shadow: the surrogate, while ngspice follows"
              + " (default: ${DEFAULT-VALUE})")
  private String backend;

  @Option(
      names = "--jobs",
      paramLabel = "J",
      description = "processes of ngspice that simulate at once (default: one a core)")
  private Integer jobs;

  @Option(
      names = "--shadow-sample",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "with shadow: the share of each bank's instances that ngspice follows, at least one"
              + " (default: ${DEFAULT-VALUE})")
  private double shadowSample;

  @Option(
      names = "--shadow-seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of the choice of these instances (default: ${DEFAULT-VALUE})")
  private long shadowSeed;

  /**
   * What answers.
   *
   * @throws UsageException when it is none that there is
   */
  public Kind kind() {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.toString().equals(backend))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--backend: "
                        + backend
                        + " (expected: "
                        + Arrays.stream(Kind.values())
                            .map(Kind::toString)
                            .collect(Collectors.joining(" or "))
                        + ")"));
  }

  /** Whether it answers as another kind did; a shadowed surrogate answers as one alone. */
  public boolean answersLike(String other) {
    return (kind() == Kind.NGSPICE) == Kind.NGSPICE.toString().equals(other);
  }

  /** How long a client waits for an answer in ms; empty for its own default. */
  public OptionalInt timeoutMs() {
    return kind() == Kind.SURROGATE
        ? OptionalInt.empty()
        : OptionalInt.of(NgspiceBackend.TIMEOUT_MS);
  }

  /** Makes what answers; to be closed after its server. */
  public GoldenBackend open() {
    UsageException.checkPositive("--jobs", jobs);
    if (!(shadowSample > 0 && shadowSample <= 1)) {
      throw new UsageException(
          "--shadow-sample: " + shadowSample + " (expected: above 0, at most 1)");
    }
    return switch (kind()) {
      case SURROGATE -> new Surrogates();
      case SHADOW ->
          new ShadowBackend(LockstepSimulator.start(options()), shadowSample, shadowSeed);
      case NGSPICE -> new NgspiceBackend(LockstepSimulator.start(options()));
    };
  }

  private LockstepOptions options() {
    LockstepOptions options = LockstepOptions.of(Home.lockstepDriver());
    return jobs == null ? options : options.withJobs(jobs);
  }

  /** Surrogates alone, which hold nothing. */
  private static final class Surrogates implements GoldenBackend {
    private final SurrogateBackend backend = new SurrogateBackend();

    @Override
    public BankEvaluator open(
        ModelEntry model, int instances, double[][] parameters, EventListener listenerOrNull) {
      return backend.open(model, instances, parameters, listenerOrNull);
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }
}
