package io.understudy.surrogate.feature;

import java.util.List;

/** The Java text of statements that run event by event. */
final class RowText {
  private static final String ARRAYS =
      """
          double[] in = x.inputs; double[] prev = x.previous; double[] st = x.states;
          double[] nx = x.next; double[] par = x.parameters; double[] c = x.constants;
      """;

  private RowText() {}

  /** What a method on one event begins with. */
  static String ofOne() {
    return ARRAYS + places("");
  }

  /** What a loop over events begins with. */
  static String ofEach() {
    return ARRAYS + "    for (int r = 0; r < rows; r++) {\n" + places("[r]");
  }

  private static String places(String row) {
    return """
            int inAt = x.inputsAt@; int prevAt = x.previousAt@; int stAt = x.statesAt@;
            int nxAt = x.nextAt@; int parAt = x.parametersAt@; int cAt = x.constantsAt@;
            double periods_ = x.periods@; double latency_ = x.latency@; double output_ = x.output@;
        """
        .replace("@", row);
  }

  static String of(List<ScalarCode.Statement> statements) {
    StringBuilder text = new StringBuilder();
    for (ScalarCode.Statement s : statements) {
      text.append("    double ").append(s.name()).append(" = ");
      if (s.terms() == 0) {
        text.append(s.value()).append(";\n");
      } else {
        text.append("0.0;\n    for (int i = 0; i < ").append(s.terms()).append("; i++) { ");
        text.append(s.name()).append(" += ").append(s.value()).append("; }\n");
      }
    }
    return text.toString();
  }
}
