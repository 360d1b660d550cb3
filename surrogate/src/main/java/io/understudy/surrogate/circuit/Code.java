package io.understudy.surrogate.circuit;

/**
 * How a digital code becomes an analog value and back: value = code x lsb + offset.
 *
 * @param bits width of one element's code, 1 to 32
 * @param signed two's complement when true
 * @param lsb value of one step, in the port's unit
 * @param offset value of code 0, in the port's unit
 */
public record Code(int bits, boolean signed, double lsb, double offset) {
  public Code {
    if (bits < 1 || bits > 32) {
      throw Check.error("code.bits", bits, "1 to 32");
    }
    Check.positive("code.lsb", lsb);
    Check.finite("code.offset", offset);
  }
}
