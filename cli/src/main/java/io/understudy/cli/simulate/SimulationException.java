package io.understudy.cli.simulate;

/** A simulation that could not be completed: names the simulator and what happened. */
public final class SimulationException extends RuntimeException {
  public SimulationException(String message) {
    super(message);
  }

  public SimulationException(String message, Throwable cause) {
    super(message, cause);
  }
}
