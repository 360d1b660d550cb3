package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** An analog-to-digital output: what is observed on a node, and how it becomes a code. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OutputPort.Event.class, name = "event"),
  @JsonSubTypes.Type(value = OutputPort.Level.class, name = "level")
})
public sealed interface OutputPort {
  String name();

  String node();

  /**
   * An output that happens or not in a period: the node rises through a level. Its latency runs
   * from the period's start to the first crossing.
   *
   * @param riseThrough the level in V
   */
  record Event(String name, String node, @JsonProperty("rise_through") double riseThrough)
      implements OutputPort {
    public Event {
      Check.word("outputs.name", name);
      Check.text("outputs." + name + ".node", node);
      Check.finite("outputs." + name + ".rise_through", riseThrough);
    }
  }

  /**
   * A held level: the node's voltage at the end of the period.
   *
   * @param unit the unit, for people
   * @param min smallest value the code can express
   * @param max largest value
   * @param code the digital code
   * @param latency when the output counts as arrived
   */
  record Level(
      String name, String node, String unit, double min, double max, Code code, Settling latency)
      implements OutputPort {
    public Level {
      Check.word("outputs.name", name);
      String key = "outputs." + name;
      Check.text(key + ".node", node);
      Check.range(key, min, max);
      Check.present(key + ".code", code);
      Check.present(key + ".latency", latency);
    }
  }

  /**
   * Latency of a level: the last crossing of this fraction of the swing after the period's start.
   *
   * @param fraction of the swing from the old to the new level, in (0, 1)
   * @param minSwing swing in V below which there is no latency, only noise
   */
  record Settling(double fraction, @JsonProperty("min_swing") double minSwing) {
    public Settling {
      if (!(fraction > 0 && fraction < 1)) {
        throw Check.error("latency.fraction", fraction, "more than 0 and less than 1");
      }
      Check.positive("latency.min_swing", minSwing);
    }
  }
}
