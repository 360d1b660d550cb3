package io.understudy.characterizer;

import io.understudy.characterizer.extract.EventExtractor;
import io.understudy.characterizer.extract.GoldenEvent;
import io.understudy.characterizer.ngspice.Waveforms;
import io.understudy.characterizer.stimulus.InputSchedule;
import io.understudy.surrogate.circuit.Characterization.Accuracy;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.event.EventListener;
import io.understudy.surrogate.event.Stimulus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A given stimulus through ngspice, one process an instance. */
public final class GoldenReplay {
  private GoldenReplay() {}

  /** Makes something of one instance's traces. */
  @FunctionalInterface
  public interface Reading<T> {
    /**
     * Called for several instances at once.
     *
     * @param index of the instance in the stimulus' order
     * @param schedule its intervals
     * @param waveforms its traces, from the run's start to its end
     */
    T read(int index, InputSchedule schedule, Waveforms waveforms);
  }

  /**
   * Simulates a stimulus and reads the traces of each instance.
   *
   * @param steps length of the run in periods; inputs from there on are left out
   * @param accuracy of ngspice; null for that of the circuit's characterization
   * @param jobs processes of ngspice at once
   * @return what was made of each instance's traces, in the stimulus' order
   * @throws CharacterizationException naming the instance and what ngspice said
   */
  public static <T> List<T> read(
      CircuitFolder folder,
      Stimulus stimulus,
      long steps,
      Accuracy accuracy,
      int jobs,
      Reading<T> reading,
      ProgressListener progress) {
    if (steps < 1) {
      throw new CharacterizationException("steps: " + steps + " (expected: at least 1)");
    }
    CharacterizeOptions.atLeastOne("jobs", jobs);
    Accuracy used = accuracy == null ? folder.circuit().characterization().ngspice() : accuracy;
    List<Stimulus.Instance> instances = stimulus.instances();
    try (ScratchFolder scratch = ScratchFolder.temporary()) {
      return RunPool.all(
          instances.size(),
          jobs,
          index -> {
            Stimulus.Instance instance = instances.get(index);
            String name = folder.circuit().name() + ", instance " + instance.number();
            Path own = scratch.of("instance-" + instance.number());
            InputSchedule schedule = InputSchedule.of(folder.circuit(), instance.rows(), steps);
            return GoldenRun.read(
                name,
                folder,
                instance,
                schedule,
                used,
                own,
                false,
                waveforms -> reading.read(index, schedule, waveforms));
          },
          progress);
    } catch (IOException e) {
      throw new CharacterizationException("temporary files: " + e.getMessage(), e);
    }
  }

  /**
   * Replays a stimulus and tells of its events, ordered by instance, then by step; instances are
   * counted from 0 in the stimulus' order.
   *
   * @param steps length of the run in periods; inputs from there on are left out
   * @param accuracy of ngspice; null for that of the circuit's characterization
   * @param jobs processes of ngspice at once
   * @throws CharacterizationException naming the instance and what ngspice said
   */
  public static void run(
      CircuitFolder folder,
      Stimulus stimulus,
      long steps,
      Accuracy accuracy,
      int jobs,
      EventListener listener,
      ProgressListener progress) {
    List<List<GoldenEvent>> results =
        read(
            folder,
            stimulus,
            steps,
            accuracy,
            jobs,
            (index, schedule, waveforms) ->
                EventExtractor.extract(folder.circuit(), schedule, waveforms),
            progress);
    for (int index = 0; index < results.size(); index++) {
      for (GoldenEvent event : results.get(index)) {
        listener.event(
            index,
            event.interval().step(),
            event.kind(),
            event.interval().periods(),
            event.output(),
            event.energyJ(),
            event.latencyS(),
            event.statesEnd());
      }
    }
  }
}
