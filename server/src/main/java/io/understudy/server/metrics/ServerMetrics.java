package io.understudy.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.understudy.proto.v1.WireError;
import io.understudy.server.session.SessionEnding;
import io.understudy.server.session.SessionMeter;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** What the server counts, in Prometheus's text form. All meters exist from the start. */
public final class ServerMetrics implements SessionMeter {
  /** Bounds of the latency histogram's buckets. */
  private static final Duration[] BUCKETS =
      Stream.of(
              5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 200_000, 1_000_000)
          .map(us -> Duration.ofNanos(1_000L * us))
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter opened =
      Counter.builder("understudy.sessions.opened")
          .description("Sessions whose client said HELLO")
          .register(registry);
  private final Map<SessionEnding, Counter> endings = new EnumMap<>(SessionEnding.class);
  private final Map<WireError, Counter> errors = new EnumMap<>(WireError.class);
  private final Timer crossings =
      Timer.builder("understudy.crossing")
          .description("Time from a STEP's last byte to its answer's readiness")
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
  private final Counter rows =
      Counter.builder("understudy.crossing.rows")
          .description("Rows with an input")
          .register(registry);
  private final Counter e1 = events("E1");
  private final Counter e2 = events("E2");
  private final Counter e3 = events("E3");
  private final Counter outOfRange = flags("out_of_range");
  private final Counter saturated = flags("saturated");
  private final Counter latencyClamped = flags("latency_clamped");
  private final Counter outputMissed = flags("output_missed");

  /** Meters at zero. */
  public ServerMetrics() {
    for (SessionEnding ending : SessionEnding.values()) {
      endings.put(
          ending,
          Counter.builder("understudy.sessions.ended")
              .description("Sessions that have ended, by how")
              .tag("ending", ending.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    Arrays.stream(WireError.values())
        .filter(e -> e != WireError.UNRECOGNIZED && e != WireError.WIRE_ERROR_UNSPECIFIED)
        .forEach(
            error ->
                errors.put(
                    error,
                    Counter.builder("understudy.errors")
                        .description("ERROR frames that were sent, by type")
                        .tag(
                            "type",
                            error.name().substring("WIRE_ERROR_".length()).toLowerCase(Locale.ROOT))
                        .register(registry)));
  }

  private Counter events(String kind) {
    return Counter.builder("understudy.events")
        .description("Events that were evaluated, by kind")
        .tag("kind", kind)
        .register(registry);
  }

  private Counter flags(String flag) {
    return Counter.builder("understudy.flags")
        .description("Answered rows that were flagged, by flag")
        .tag("flag", flag)
        .register(registry);
  }

  /** Shows how many sessions are open and how many models are served. */
  public void watch(IntSupplier openSessions, IntSupplier models) {
    Gauge.builder("understudy.sessions.open", openSessions, IntSupplier::getAsInt)
        .description("Sessions whose connection is open")
        .strongReference(true)
        .register(registry);
    Gauge.builder("understudy.models", models, IntSupplier::getAsInt)
        .description("Circuits that can be opened")
        .strongReference(true)
        .register(registry);
  }

  /** Everything, in the text form 0.0.4. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void opened() {
    opened.increment();
  }

  @Override
  public void ended(SessionEnding ending) {
    endings.get(ending).increment();
  }

  @Override
  public void failed(WireError error) {
    Counter counter = errors.get(error);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void crossing(long elapsedNs) {
    crossings.record(elapsedNs, TimeUnit.NANOSECONDS);
  }

  @Override
  public void events(long crossingRows, long ofE1, long ofE2, long ofE3) {
    add(rows, crossingRows);
    add(e1, ofE1);
    add(e2, ofE2);
    add(e3, ofE3);
  }

  @Override
  public void flags(long ofRange, long ofOutput, long ofLatency, long missed) {
    add(outOfRange, ofRange);
    add(saturated, ofOutput);
    add(latencyClamped, ofLatency);
    add(outputMissed, missed);
  }

  private static void add(Counter counter, long count) {
    if (count > 0) {
      counter.increment(count);
    }
  }
}
