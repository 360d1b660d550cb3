package io.understudy.surrogate.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When an input makes an event. */
public enum InputEvents {
  /** Each written input is an event; without one the circuit idles. */
  @JsonProperty("pulse")
  PULSE,
  /** The input is held; only a change of a value is an event. */
  @JsonProperty("held")
  HELD
}
