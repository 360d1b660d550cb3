package io.understudy.characterizer.compare;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Comparisons as JUnit's XML, a suite each, with a test case for each quantity. */
public final class JunitReport {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private JunitReport() throws XMLStreamException {
    xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
  }

  /** The report's text. */
  public static String of(List<Comparison> comparisons) {
    try {
      JunitReport report = new JunitReport();
      report.xml.writeStartDocument("UTF-8", "1.0");
      report.line(0);
      report.xml.writeStartElement("testsuites");
      for (Comparison comparison : comparisons) {
        report.suite(comparison);
      }
      report.line(0);
      report.xml.writeEndElement();
      report.line(0);
      report.xml.writeEndDocument();
      return report.text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private void suite(Comparison comparison) throws XMLStreamException {
    String name = "understudy." + comparison.name();
    List<Measurement> all = comparison.measurements();
    line(1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(all.size()));
    xml.writeAttribute("failures", Long.toString(all.stream().filter(m -> !m.passed()).count()));
    xml.writeAttribute("errors", "0");
    for (Measurement measurement : all) {
      line(2);
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", name);
      xml.writeAttribute("name", measurement.quantity().key());
      if (!measurement.passed()) {
        line(3);
        xml.writeStartElement("failure");
        xml.writeAttribute("message", measurement.text());
        xml.writeCharacters("worst event: " + comparison.worst().get(0).text());
        xml.writeEndElement();
        line(2);
      }
      xml.writeEndElement();
    }
    line(1);
    xml.writeEndElement();
  }

  private void line(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
