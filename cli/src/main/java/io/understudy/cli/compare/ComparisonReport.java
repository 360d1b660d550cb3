package io.understudy.cli.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.characterizer.compare.Comparison;
import io.understudy.characterizer.compare.JunitReport;
import io.understudy.characterizer.compare.Measurement;
import io.understudy.characterizer.compare.WorstEvent;
import io.understudy.characterizer.report.ComparisonPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What comparisons say: on the terminal, as JSON, as JUnit's XML and as a page. */
final class ComparisonReport {
  private static final String JUNIT = "junit.xml";
  private static final String PAGE = "compare.html";

  private final List<Comparison> comparisons;

  ComparisonReport(List<Comparison> comparisons) {
    this.comparisons = comparisons;
  }

  /** A quantity in JSON. */
  record Value(double value, double limit, boolean passed, Double oracle) {}

  /** What was compared, in JSON. */
  record Compared(
      String name,
      String circuit,
      String surrogate,
      int instances,
      int events,
      List<String> worst) {}

  /** The JSON object. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Json(
      boolean passed,
      Map<String, Value> quantities,
      List<Compared> compared,
      LockstepCheck lockstep) {}

  boolean passed() {
    return comparisons.stream().allMatch(Comparison::passed);
  }

  void print() {
    for (Comparison comparison : comparisons) {
      System.out.printf(
          Locale.ROOT,
          "%s: %s surrogate %s against ngspice: %d instances, %d events%n",
          comparison.name(),
          comparison.folder().circuit().name(),
          comparison.version(),
          comparison.closed().runs(),
          comparison.closed().events());
      System.out.printf(
          Locale.ROOT, "  %-16s %12s %12s   %s%n", "", "closed loop", "oracle", "tolerance");
      comparison.measurements().forEach(ComparisonReport::print);
      WorstEvent worst = comparison.worst().get(0);
      System.out.println("  worst event: " + worst.text());
    }
    System.out.println(passed() ? "within tolerance" : "OUT OF TOLERANCE");
  }

  private static void print(Measurement m) {
    System.out.printf(
        Locale.ROOT,
        "  %-16s %12.5g %12.5g   %s %.5g%s%n",
        m.quantity().key(),
        m.value(),
        m.oracle(),
        m.quantity().atLeast() ? ">=" : "<=",
        m.limit(),
        m.passed() ? "" : "   NOT KEPT");
  }

  /** The JSON object; with several circuits a quantity's name begins with its bank's path. */
  Json json(LockstepCheck lockstepOrNull) {
    Map<String, Value> quantities = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      String prefix = comparisons.size() == 1 ? "" : comparison.name() + ".";
      for (Measurement m : comparison.measurements()) {
        quantities.put(
            prefix + m.quantity().key(), new Value(m.value(), m.limit(), m.passed(), m.oracle()));
      }
    }
    List<Compared> compared =
        comparisons.stream()
            .map(
                c ->
                    new Compared(
                        c.name(),
                        c.folder().circuit().name(),
                        c.version(),
                        c.closed().runs(),
                        c.closed().events(),
                        c.worst().stream().map(WorstEvent::text).toList()))
            .toList();
    return new Json(passed(), quantities, compared, lockstepOrNull);
  }

  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(JUNIT), JunitReport.of(comparisons));
    ComparisonPage.write(directory.resolve(PAGE), comparisons);
    System.out.println("wrote " + directory.resolve(JUNIT) + " and " + directory.resolve(PAGE));
  }
}
