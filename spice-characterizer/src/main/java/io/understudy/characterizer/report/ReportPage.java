package io.understudy.characterizer.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import io.understudy.characterizer.train.Training;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training's report as one page for people: no script, nothing to be fetched. The same training
 * gives the same bytes.
 */
public final class ReportPage {
  /** The page's file name in a package's folder. */
  public static final String FILE = "report.html";

  private static final String TEMPLATE = "io/understudy/characterizer/report/report.mustache";

  static {
    // Pictures need no display, whatever the environment says.
    System.setProperty("java.awt.headless", "true");
  }

  private ReportPage() {}

  /**
   * Writes the page into the package's folder.
   *
   * @return the page's file
   */
  public static Path write(Training training) throws IOException {
    Mustache template = new DefaultMustacheFactory().compile(TEMPLATE);
    StringWriter text = new StringWriter();
    template.execute(text, PageContent.of(training)).flush();
    Path file = training.directory().resolve(FILE);
    Files.writeString(file, text.toString());
    return file;
  }
}
