package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How an input's value becomes a source's waveform in a deck. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Drive.Pulse.class, name = "pulse"),
  @JsonSubTypes.Type(value = Drive.Level.class, name = "level")
})
public sealed interface Drive {
  /** What kind of source drives. */
  enum Source {
    @com.fasterxml.jackson.annotation.JsonProperty("current")
    CURRENT,
    @com.fasterxml.jackson.annotation.JsonProperty("voltage")
    VOLTAGE
  }

  /**
   * A pulse from the start of the period: points (time in s, factor); the source's value is input x
   * factor, in A or V, linear between the points and 0 after the last.
   *
   * @param from the node the current leaves (current source); null for ground
   * @param to the node it drives
   */
  record Pulse(Source source, String from, String to, List<List<Double>> points) implements Drive {
    public Pulse {
      Check.present("drive.source", source);
      Check.text("drive.to", to);
      points = Check.list(points);
      double last = -1;
      for (List<Double> point : points) {
        if (point.size() != 2 || !(point.get(0) > last)) {
          throw Check.error(
              "drive.points", points, "pairs [time_s, factor] in ascending time from 0");
        }
        last = point.get(0);
      }
      if (points.size() < 2
          || points.get(0).get(0) != 0
          || points.get(points.size() - 1).get(1) != 0) {
        throw Check.error("drive.points", points, "a first point at time 0 and a last factor of 0");
      }
    }
  }

  /**
   * A level that ramps from the held value to the new one within {@code rampS} from the start of
   * the period.
   *
   * @param node the node a voltage source drives; for a vector input element k drives {@code node}
   *     + k
   */
  record Level(
      Source source,
      String node,
      @com.fasterxml.jackson.annotation.JsonProperty("ramp_s") double rampS)
      implements Drive {
    public Level {
      Check.present("drive.source", source);
      Check.text("drive.node", node);
      Check.positive("drive.ramp_s", rampS);
    }
  }
}
