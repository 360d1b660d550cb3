package io.understudy.benchmarks.measure;

/** A part of the benchmark, by its name on the command line in lower case. */
public enum BenchPart {
  EVALUATOR,
  CIRCUITS,
  CROSSING,
  SCALE,
  SIMULATORS,
  SHADOW
}
