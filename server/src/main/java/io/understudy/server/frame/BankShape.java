package io.understudy.server.frame;

/**
 * What must be known of a bank to read and write its sections.
 *
 * @param path the bank's path, for errors
 * @param instances its instances
 * @param inputWidth input values of one row
 * @param sharedInputs true when all rows share one set of values
 */
public record BankShape(String path, int instances, int inputWidth, boolean sharedInputs) {
  /** Input values in a section of so many rows. */
  long inputValues(int rows) {
    if (sharedInputs) {
      return rows > 0 ? inputWidth : 0;
    }
    return (long) rows * inputWidth;
  }
}
