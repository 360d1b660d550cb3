package io.understudy.surrogate.provenance;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.ModelText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A trained surrogate as files: a manifest, one gzipped LightGBM text model for each predictor, and
 * LightGBM's scores of some rows, in {@code <circuit>/surrogate/<version>/}.
 *
 * @param version the folder's name, a whole number
 * @param manifest what the package says of itself
 * @param trees text of each predictor's model, by file name
 * @param scores LightGBM's scores of some rows, by predictor; empty in packages from before they
 *     were recorded
 */
public record SurrogatePackage(
    String version,
    SurrogateManifest manifest,
    Map<String, String> trees,
    Map<String, ScoreSample> scores) {
  /** The file with LightGBM's scores in a package's folder. */
  public static final String SCORES_FILE = "scores.json.gz";

  /** A package without scores. */
  public SurrogatePackage(String version, SurrogateManifest manifest, Map<String, String> trees) {
    this(version, manifest, trees, Map.of());
  }

  /** The same with other scores. */
  public SurrogatePackage withScores(Map<String, ScoreSample> others) {
    return new SurrogatePackage(version, manifest, trees, others);
  }

  /** Folder of the versions within a circuit's folder. */
  public static final String FOLDER = "surrogate";

  private static final int MAX_TEXT_BYTES = 256 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final JsonMapper COMPACT =
      MAPPER.rebuild().disable(SerializationFeature.INDENT_OUTPUT).build();

  /** The newest version's folder of a circuit, by number; empty when there is none. */
  public static Optional<Path> newest(CircuitFolder folder) throws IOException {
    Path versions = folder.directory().resolve(FOLDER);
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> children = Files.list(versions)) {
      return children
          .filter(child -> child.getFileName().toString().matches("\\d{1,9}"))
          .filter(child -> Files.isRegularFile(child.resolve(SurrogateManifest.FILE)))
          .max(
              java.util.Comparator.comparingInt(
                  child -> Integer.parseInt(child.getFileName().toString())));
    }
  }

  /**
   * Reads a package for a circuit.
   *
   * @throws PackageException when it is damaged or was trained for another circuit; names both
   *     hashes
   */
  public static SurrogatePackage read(Path directory, CircuitFolder folder) {
    Path file = directory.resolve(SurrogateManifest.FILE);
    try {
      SurrogateManifest manifest =
          MAPPER.readValue(ModelText.read(file, MAX_TEXT_BYTES), SurrogateManifest.class);
      check(file, manifest, folder);
      Map<String, String> trees = new LinkedHashMap<>();
      for (SurrogateManifest.TrainedPredictor predictor : manifest.predictors()) {
        String name = predictor.trees();
        if (name == null || !name.matches("[A-Za-z0-9_]+\\.txt\\.gz")) {
          throw new PackageException(
              file + ": trees: " + name + " (expected: a file name that ends in .txt.gz)");
        }
        trees.put(name, unzip(directory.resolve(name)));
      }
      return new SurrogatePackage(
          directory.getFileName().toString(), manifest, trees, scores(directory));
    } catch (JacksonException e) {
      throw new PackageException(file + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new PackageException(directory + ": " + e, e);
    }
  }

  private static Map<String, ScoreSample> scores(Path directory) throws IOException {
    Path file = directory.resolve(SCORES_FILE);
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return MAPPER.readValue(
          unzip(file), new TypeReference<LinkedHashMap<String, ScoreSample>>() {});
    } catch (JacksonException e) {
      throw new PackageException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  private static void check(Path file, SurrogateManifest manifest, CircuitFolder folder) {
    if (manifest.format() != SurrogateManifest.FORMAT) {
      throw new PackageException(
          file
              + ": format: "
              + manifest.format()
              + " (expected: "
              + SurrogateManifest.FORMAT
              + ")");
    }
    if (!folder.circuit().name().equals(manifest.circuit())) {
      throw new PackageException(
          file
              + ": circuit: "
              + manifest.circuit()
              + " (expected: "
              + folder.circuit().name()
              + ")");
    }
    if (!folder.sha256().equals(manifest.circuitSha256())) {
      throw new PackageException(
          file
              + ": trained for "
              + manifest.circuit()
              + " of hash "
              + manifest.circuitSha256()
              + " (expected: "
              + folder.sha256()
              + ", the circuit in "
              + folder.directory()
              + "; train it again)");
    }
    if (manifest.predictors() == null || manifest.fits() == null || manifest.provenance() == null) {
      throw new PackageException(
          file + ": predictors, fits or provenance missing (expected: all three)");
    }
  }

  /** Hash of all that the package holds, in hexadecimal: it tells surrogates apart. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(MAPPER.writeValueAsBytes(manifest));
      for (Map.Entry<String, String> entry : new TreeMap<>(trees).entrySet()) {
        byte[] bytes = entry.getValue().getBytes(StandardCharsets.UTF_8);
        String head = "\n" + entry.getKey() + "\n" + bytes.length + "\n";
        digest.update(head.getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (JacksonException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("version " + version + " cannot be hashed", e);
    }
  }

  /** Writes the package into a folder, which is made. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> entry : trees.entrySet()) {
      zip(directory.resolve(entry.getKey()), entry.getValue());
    }
    writeScores(directory);
    Files.writeString(
        directory.resolve(SurrogateManifest.FILE), MAPPER.writeValueAsString(manifest) + "\n");
  }

  /** Writes the scores alone into the package's folder; without any does nothing. */
  public void writeScores(Path directory) throws IOException {
    if (!scores.isEmpty()) {
      zip(directory.resolve(SCORES_FILE), COMPACT.writeValueAsString(scores) + "\n");
    }
  }

  private static void zip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Predictor names in the manifest's order. */
  public List<String> predictorNames() {
    return manifest.predictors().stream().map(SurrogateManifest.TrainedPredictor::name).toList();
  }

  private static String unzip(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] bytes = in.readNBytes(MAX_TEXT_BYTES + 1);
      if (bytes.length > MAX_TEXT_BYTES) {
        throw new PackageException(
            file + ": more than " + MAX_TEXT_BYTES + " bytes (expected: a smaller model)");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
