package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an event's energy is: the sum over the sources of the integral of v x i that they deliver,
 * signed.
 *
 * @param sources the sources that count as {@code energy_j}
 * @param also further energies reported beside it, by column name ({@code ..._j})
 * @param reference sources of the paper's definition, the sum of |V I|, reported as {@code
 *     energy_ref_j}; may be empty
 */
public record EnergyDefinition(
    List<Source> sources, Map<String, List<Source>> also, List<Source> reference) {
  public EnergyDefinition {
    sources = Check.list(sources);
    if (sources.isEmpty()) {
      throw Check.error("energy.sources", "none", "at least one source");
    }
    also =
        also == null ? Map.of() : java.util.Collections.unmodifiableSortedMap(new TreeMap<>(also));
    reference = Check.list(reference);
  }

  /**
   * A source: a supply's or an input port's name (all its elements), or an element of the netlist
   * itself.
   *
   * @param name the supply or input port; null for an element
   * @param element the netlist's voltage source or controlled source, whose current ngspice can
   *     save
   * @param node the node it drives against ground
   */
  public record Source(String name, String element, String node) {
    public Source {
      if (name == null) {
        Check.text("energy.sources.element", element);
        Check.text("energy.sources.node", node);
      }
    }

    @JsonCreator
    static Source named(String name) {
      Check.word("energy.sources", name);
      return new Source(name, null, null);
    }

    @JsonCreator
    static Source element(
        @com.fasterxml.jackson.annotation.JsonProperty("element") String element,
        @com.fasterxml.jackson.annotation.JsonProperty("node") String node) {
      return new Source(null, element, node);
    }
  }
}
