package io.understudy.benchmarks.simulator;

/**
 * What it costs that ngspice follows a share of a bank's instances; medians over rounds in turns.
 *
 * @param instances of the bank
 * @param followed of them by ngspice
 * @param cores of this machine, all of which ngspice may use
 * @param surrogateS wall time of the simulation with the surrogate alone, in s
 * @param shadowS with ngspice following, until it has caught up
 * @param ngspiceS wall time of ngspice alone, uninterrupted, on these instances' inputs
 * @param slowdownRatio what the simulation takes longer, by that: 1 where nothing but ngspice is
 *     waited for
 * @param ngspiceCpuS CPU time of ngspice's processes in the shadow, in s
 * @param serverCpuS CPU time of the server in s that the following adds
 */
public record ShadowFigures(
    int instances,
    int followed,
    int cores,
    double surrogateS,
    double shadowS,
    double ngspiceS,
    double slowdownRatio,
    double ngspiceCpuS,
    double serverCpuS) {}
