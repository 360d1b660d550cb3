package io.understudy.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.benchmarks.circuit.CircuitBench;
import io.understudy.benchmarks.crossing.CrossingBench;
import io.understudy.benchmarks.evaluator.EvaluatorBench;
import io.understudy.benchmarks.measure.Machine;
import io.understudy.benchmarks.scale.ScaleBench;
import io.understudy.benchmarks.simulator.ShadowFigures;
import io.understudy.benchmarks.simulator.SimulatorBench;
import java.util.Map;

/**
 * What a benchmark measured; a part that was not asked for is null.
 *
 * @param quick true with fewer and shorter rounds
 * @param wallS how long it took
 * @param allocationBytesPerFrame heap that the server's event loops allocate for a frame in the
 *     steady state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchReport(
    Machine machine,
    boolean quick,
    double wallS,
    EvaluatorBench.Figures evaluator,
    Map<String, CircuitBench.Figures> circuits,
    CrossingBench.Figures crossing,
    ScaleBench.Figures scale,
    Map<String, SimulatorBench.Figures> simulators,
    ShadowFigures shadow,
    Double allocationBytesPerFrame) {}
