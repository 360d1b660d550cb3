package io.understudy.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;

/**
 * Something that was answered otherwise than it is recorded.
 *
 * @param bank the bank's path; empty for a whole frame
 * @param instance its number; null where it is no instance's
 * @param timeFs simulation time in fs
 * @param quantity what differs, with its unit
 * @param recorded the value in the record
 * @param now the new value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Difference(
    String bank, Integer instance, long timeFs, String quantity, String recorded, String now) {
  /** For people. */
  String text() {
    return (bank.isEmpty() ? "" : bank + ", ")
        + (instance == null ? "" : "instance " + instance + ", ")
        + String.format(Locale.ROOT, "%.6f ns: ", timeFs * 1e-6)
        + quantity
        + ": "
        + recorded
        + " recorded, "
        + now
        + " now";
  }
}
