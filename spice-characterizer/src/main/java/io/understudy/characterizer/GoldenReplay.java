package io.understudy.characterizer;

import io.understudy.characterizer.extract.GoldenEvent;
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
    if (steps < 1) {
      throw new CharacterizationException("steps: " + steps + " (expected: at least 1)");
    }
    CharacterizeOptions.atLeastOne("jobs", jobs);
    Accuracy used = accuracy == null ? folder.circuit().characterization().ngspice() : accuracy;
    List<Stimulus.Instance> instances = stimulus.instances();
    List<List<GoldenEvent>> results;
    try (ScratchFolder scratch = ScratchFolder.temporary()) {
      results =
          RunPool.all(
              instances.size(),
              jobs,
              index -> {
                Stimulus.Instance instance = instances.get(index);
                String name = folder.circuit().name() + ", instance " + instance.number();
                Path own = scratch.of("instance-" + instance.number());
                return GoldenRun.simulate(name, folder, instance, steps, used, own, false);
              },
              progress);
    } catch (IOException e) {
      throw new CharacterizationException("temporary files: " + e.getMessage(), e);
    }
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
