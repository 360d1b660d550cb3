package io.understudy.characterizer.baseline;

/** How the error of a quantity is measured. */
public enum Measure {
  /** It happens or not: F1 and the share of wrong ones. */
  DECISION,
  /** A value about zero: root mean square by the golden values' deviation. */
  VALUE,
  /** A value that has a size, as an energy or a latency: the mean relative error, too. */
  RELATIVE
}
