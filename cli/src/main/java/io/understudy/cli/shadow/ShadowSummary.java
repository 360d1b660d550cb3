package io.understudy.cli.shadow;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.cli.golden.GoldenBackend;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a backend found while it shadowed; nothing for other backends. */
public final class ShadowSummary {
  private final List<ShadowFinding> findings;
  private final double cpuS;

  /** Reads what there is, after the simulator's end. */
  public ShadowSummary(GoldenBackend backend) {
    ShadowBackend shadow = backend instanceof ShadowBackend one ? one : null;
    this.findings = shadow == null ? List.of() : shadow.findings();
    this.cpuS = shadow == null ? 0 : shadow.ngspiceCpuS();
  }

  /** Prints some lines a bank. */
  public void print(PrintStream out) {
    findings.forEach(finding -> out.print(finding.text()));
    if (!findings.isEmpty()) {
      out.printf(Locale.ROOT, "shadow: ngspice took %.2f s of CPU time%n", cpuS);
    }
  }

  /** Whether ngspice followed each bank to its end. */
  public boolean isComplete() {
    return findings.stream().allMatch(ShadowFinding::isComplete);
  }

  /** Writes each bank's differences as {@code shadow-N.csv}, the banks in their order. */
  public void write(Path directory) throws IOException {
    for (int k = 0; k < findings.size(); k++) {
      Files.createDirectories(directory);
      findings.get(k).write(directory.resolve("shadow-" + k + ".csv"));
    }
  }

  /** The simulator's summary, with what was found under {@code shadow}, and ngspice's CPU time. */
  public Object addTo(Object summary) {
    if (!findings.isEmpty() && summary instanceof ObjectNode object) {
      object.set(
          "shadow",
          new JsonMapper().valueToTree(findings.stream().map(ShadowFinding::json).toList()));
      object.put("shadow_cpu_s", cpuS);
    }
    return summary;
  }
}
