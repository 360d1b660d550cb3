package io.understudy.characterizer.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import io.understudy.characterizer.compare.Comparison;
import io.understudy.characterizer.compare.Measurement;
import io.understudy.characterizer.compare.WorstEvent;
import io.understudy.surrogate.circuit.Circuit;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Comparisons with ngspice as one page for people: no script, nothing to be fetched. */
public final class ComparisonPage {
  private static final String TEMPLATE = "io/understudy/characterizer/report/compare.mustache";

  static {
    // Pictures need no display, whatever the environment says.
    System.setProperty("java.awt.headless", "true");
  }

  private ComparisonPage() {}

  /** What the template shows. */
  record Content(String verdict, List<Section> sections) {}

  /** A circuit. */
  record Section(
      String title, String of, List<Row> rows, List<Card> worst, boolean hasStateTrace) {}

  /** A quantity. */
  record Row(String quantity, String closed, String oracle, String limit, String verdict) {}

  /** An event. */
  record Card(String text, Picture picture) {}

  /** Writes the page. */
  public static void write(Path file, List<Comparison> comparisons) throws IOException {
    Mustache template = new DefaultMustacheFactory().compile(TEMPLATE);
    boolean passed = comparisons.stream().allMatch(Comparison::passed);
    Content content =
        new Content(
            passed ? "within tolerance" : "out of tolerance",
            comparisons.stream().map(ComparisonPage::section).toList());
    StringWriter text = new StringWriter();
    template.execute(text, content).flush();
    Files.writeString(file, text.toString());
  }

  private static Section section(Comparison comparison) {
    Circuit circuit = comparison.folder().circuit();
    return new Section(
        circuit.title(),
        comparison.name()
            + ": "
            + circuit.name()
            + " surrogate "
            + comparison.version()
            + ", "
            + comparison.closed().runs()
            + " instances, "
            + comparison.closed().events()
            + " events",
        comparison.measurements().stream().map(ComparisonPage::row).toList(),
        comparison.worst().stream().map(event -> card(comparison, event)).toList(),
        !circuit.states().isEmpty()
            && !circuit.states().get(0).node().equals(circuit.output().node()));
  }

  private static Row row(Measurement m) {
    return new Row(
        m.quantity().key(),
        Unit.digits(m.value()),
        m.oracle() == null ? "" : Unit.digits(m.oracle()),
        (m.quantity().atLeast() ? "at least " : "at most ") + Unit.digits(m.limit()),
        m.passed() ? "kept" : "NOT KEPT");
  }

  private static Card card(Comparison comparison, WorstEvent event) {
    return new Card(
        event.text(),
        EventPicture.of(
            comparison.folder().circuit(),
            event,
            comparison.traces().get(event.pair().golden().run())));
  }
}
