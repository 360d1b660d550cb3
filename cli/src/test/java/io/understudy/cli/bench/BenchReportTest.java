package io.understudy.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.benchmarks.BenchReport;
import io.understudy.benchmarks.circuit.CircuitBench;
import io.understudy.benchmarks.crossing.CrossingBench;
import io.understudy.benchmarks.evaluator.EvaluatorBench;
import io.understudy.benchmarks.measure.Machine;
import io.understudy.benchmarks.scale.ScaleBench;
import io.understudy.benchmarks.simulator.ShadowFigures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names under which others read the figures. */
class BenchReportTest {
  private static final Machine MACHINE = new Machine("cpu", 2, "6", "17", "abc", "2026-01-01");

  @Test
  void namesTheFiguresAsDocumented() {
    BenchReport report =
        new BenchReport(
            MACHINE,
            false,
            1,
            new EvaluatorBench.Figures(5, 4, 6, 7, 1_000, List.of()),
            Map.of(
                "lif_neuron",
                new CircuitBench.Figures(5_000, 800, 4e6, 100, 1e-4, 2e-10, List.of(), null)),
            new CrossingBench.Figures(1.1, 1.2, 1.3, 1.4, 22, 0, List.of()),
            new ScaleBench.Figures("lif_neuron", 1.2, 250, 32, List.of()),
            null,
            new ShadowFigures(1_000, 50, 2, 1, 9, 8, 1, 16, 0.5),
            0.0);
    JsonNode json = json(report);
    assertEquals(5, json.at("/evaluator/batch_ratio").asDouble());
    assertEquals(6, json.at("/evaluator/single_ratio").asDouble());
    assertEquals(5_000, json.at("/circuits/lif_neuron/ngspice_ratio").asDouble());
    assertEquals(800, json.at("/circuits/lif_neuron/event_ns").asDouble());
    assertEquals(1.1, json.at("/crossing/unix_n1_ratio").asDouble());
    assertEquals(1.2, json.at("/crossing/unix_n32_ratio").asDouble());
    assertEquals(1.4, json.at("/crossing/unix_n20000_ratio").asDouble());
    assertEquals(22, json.at("/crossing/unix_n1_us").asDouble());
    assertEquals(1.2, json.at("/scale/cost_ratio_100000").asDouble());
    assertEquals(250, json.at("/scale/bytes_per_instance").asDouble());
    assertEquals(1, json.at("/shadow/slowdown_ratio").asDouble());
    assertEquals(0, json.at("/allocation_bytes_per_frame").asDouble(-1));
  }

  @Test
  void leavesOutWhatWasNotMeasured() {
    BenchReport report =
        new BenchReport(MACHINE, true, 1, null, null, null, null, null, null, null);
    assertFalse(json(report).has("evaluator"));
    assertFalse(json(report).has("allocation_bytes_per_frame"));
  }

  private static JsonNode json(BenchReport report) {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build()
        .valueToTree(report);
  }
}
