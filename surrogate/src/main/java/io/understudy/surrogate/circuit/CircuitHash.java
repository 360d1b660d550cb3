package io.understudy.surrogate.circuit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The identity of what a surrogate was trained for: the netlist with the files it includes, how the
 * circuit is driven and observed, its features and its predictors. Comments, digital codes, the
 * macro and the plan of a characterization do not matter to it.
 */
final class CircuitHash {
  private CircuitHash() {}

  static String of(Path directory, Circuit circuit) throws IOException {
    return of(netlistTexts(directory, circuit), description(circuit));
  }

  private static String description(Circuit c) {
    String description =
        List.of(
                LabelHash.description(c),
                c.states().toString(),
                c.features().toString(),
                c.fits().toString(),
                c.featureSets().toString(),
                c.predictors().stream().map(PredictorSpec::identity).toList().toString())
            .toString();
    return c.unsettled() == null ? description : description + c.unsettled();
  }

  /** The netlist and the files it includes, by name. */
  static SortedMap<String, String> netlistTexts(Path directory, Circuit circuit)
      throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    collect(directory, circuit.netlist(), texts);
    return texts;
  }

  static String of(SortedMap<String, String> netlistTexts, String description) {
    SortedMap<String, String> texts = new TreeMap<>(netlistTexts);
    texts.put(CircuitReader.FILE, description);
    MessageDigest digest = sha256();
    texts.forEach(
        (name, text) -> {
          byte[] bytes = text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
          digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void collect(Path directory, String name, SortedMap<String, String> texts)
      throws IOException {
    if (texts.containsKey(name)) {
      return;
    }
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new CircuitException(
          directory.resolve(CircuitReader.FILE)
              + ": netlist includes "
              + name
              + " (expected: a file in "
              + directory
              + ")");
    }
    if (!file.toRealPath().startsWith(directory.toRealPath())) {
      throw new CircuitException(
          directory.resolve(CircuitReader.FILE)
              + ": netlist includes "
              + name
              + " (expected: a file in "
              + directory
              + ", not outside)");
    }
    String text = ModelText.read(file, ModelText.MAX_CIRCUIT_BYTES);
    texts.put(name, text);
    for (String line : text.split("\n")) {
      String trimmed = line.trim();
      if (trimmed.toLowerCase(Locale.ROOT).startsWith(".include")) {
        collect(directory, trimmed.substring(".include".length()).trim().replace("\"", ""), texts);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
