package io.understudy.surrogate.predict;

import io.understudy.surrogate.circuit.Circuit;
import io.understudy.surrogate.circuit.InputPort;
import io.understudy.surrogate.event.SavedState;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * All that a bank remembers from one step to the next beside its totals and parameters: flat arrays
 * with a fixed number of values an instance. Whoever copies these copies the bank's memory.
 */
final class BankState {
  final int instances;

  /** States of an instance. */
  final int stateCount;

  /** Input values of an instance. */
  final int inputWidth;

  /** States in V, instance by instance, in the circuit's order. */
  final double[] states;

  /**
   * Inputs before the step: of the bank where they are shared, else instance by instance where they
   * are held; none for pulses.
   */
  final double[] held;

  /** End of each instance's last event: the period from which it idles. */
  final long[] idleFrom;

  /** Whether an idle stretch's late output has been decided, and the decision. */
  final boolean[] lateKnown;

  final double[] lateOutput;

  /** Latency of the late output in s; NaN where there is none. */
  final double[] lateLatencyS;

  /** Whether a quantity was outside what training saw when the late output was decided. */
  final boolean[] lateOutside;

  /** Instances with an event in the last stepped period, ascending. */
  int[] active = new int[0];

  int activeCount;

  /** The last stepped period; -1 before the first. */
  long activePeriod = -1;

  BankState(Circuit circuit, int instances) {
    this.instances = instances;
    this.stateCount = circuit.states().size();
    this.inputWidth = circuit.inputColumns().size();
    this.states = new double[instances * stateCount];
    int holders = circuit.hasSharedInputs() ? 1 : circuit.hasHeldInputs() ? instances : 0;
    this.held = new double[inputWidth * holders];
    for (int k = 0; k < held.length; k += inputWidth) {
      int at = k;
      for (InputPort input : circuit.inputs()) {
        Arrays.fill(held, at, at + input.width(), input.initial());
        at += input.width();
      }
    }
    this.idleFrom = new long[instances];
    this.lateKnown = new boolean[instances];
    this.lateOutput = new double[instances];
    this.lateLatencyS = new double[instances];
    this.lateOutside = new boolean[instances];
  }

  /** Index in {@link #states} of an instance's first. */
  int statesAt(int instance) {
    return instance * stateCount;
  }

  /** Index in {@link #held} of an instance's first; meaningless where nothing is held. */
  int heldAt(int instance) {
    return held.length == inputWidth ? 0 : instance * inputWidth;
  }

  /** Bytes that {@link #save} writes. */
  long savedBytes() {
    long doubles = states.length + held.length + (long) lateOutput.length + lateLatencyS.length;
    return (doubles + idleFrom.length + 1) * Long.BYTES
        + lateKnown.length
        + lateOutside.length
        + (activeCount + 1L) * Integer.BYTES;
  }

  void save(ByteBuffer into) {
    SavedState.save(states, into);
    SavedState.save(held, into);
    SavedState.save(lateOutput, into);
    SavedState.save(lateLatencyS, into);
    SavedState.save(idleFrom, into);
    into.putLong(activePeriod);
    SavedState.save(lateKnown, into);
    SavedState.save(lateOutside, into);
    SavedState.save(active, activeCount, into);
  }

  /** Reads what {@link #save} wrote of a bank of the same circuit and size. */
  void restore(ByteBuffer from) {
    SavedState.restore(states, from);
    SavedState.restore(held, from);
    SavedState.restore(lateOutput, from);
    SavedState.restore(lateLatencyS, from);
    SavedState.restore(idleFrom, from);
    SavedState.require(from, Long.BYTES);
    activePeriod = from.getLong();
    SavedState.restore(lateKnown, from);
    SavedState.restore(lateOutside, from);
    active = SavedState.restoreInstances(instances, from);
    activeCount = active.length;
  }
}
