package io.understudy.surrogate.event;

/**
 * A quantity of an event that lies outside what training has seen.
 *
 * @param instance the instance
 * @param step first period of the event
 * @param kind its kind
 * @param quantity what it is: {@code input weight}, {@code state v_mem}, {@code feature row}
 * @param value its value
 * @param min smallest value in training
 * @param max largest
 */
public record OutsideRange(
    int instance,
    long step,
    EventKind kind,
    String quantity,
    double value,
    double min,
    double max) {
  /** For people: {@code instance 0, step 12, E2: state v_mem 1.7 (trained: -0.4 to 1.6)}. */
  public String text() {
    return "instance "
        + instance
        + ", step "
        + step
        + ", "
        + kind
        + ": "
        + quantity
        + " "
        + value
        + " (trained: "
        + min
        + " to "
        + max
        + ")";
  }

  /** The same of another instance number. */
  public OutsideRange of(int otherInstance) {
    return new OutsideRange(otherInstance, step, kind, quantity, value, min, max);
  }
}
