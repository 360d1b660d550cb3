package io.understudy.cli.demo;

import io.understudy.cli.mnist.SystemGlance;
import io.understudy.surrogate.compare.EventErrors;
import java.util.List;

/**
 * What the demo found.
 *
 * @param passed the verdict
 * @param simulations one for each simulator
 * @param waveformsIdentical every change of the system's signals, in all simulators
 * @param summariesIdentical crossings, energies and delays, in all simulators
 * @param samples one for each bank
 * @param ngspiceS time in s that ngspice would take for the macros of the whole run
 * @param systems the whole systems at a glance
 */
record DemoReport(
    boolean passed,
    List<Simulation> simulations,
    boolean waveformsIdentical,
    boolean summariesIdentical,
    List<Sample> samples,
    double ngspiceS,
    List<SystemGlance> systems) {
  /**
   * One run.
   *
   * @param verdict the testbench's own line
   * @param status the simulator's exit status
   * @param wallS its time in s
   * @param waveform path of the VCD file
   * @param summary what the shim said of the banks
   */
  record Simulation(
      String simulator,
      String verdict,
      int status,
      double wallS,
      String waveform,
      Object summary) {}

  /**
   * One bank's sample.
   *
   * @param instances of the bank
   * @param sampled of them through ngspice
   * @param errors of the surrogate against ngspice
   * @param ngspiceS time of ngspice in s
   */
  record Sample(
      String bank,
      String circuit,
      int instances,
      int sampled,
      EventErrors errors,
      double ngspiceS) {}
}
