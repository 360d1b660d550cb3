package io.understudy.surrogate.provenance;

import com.fasterxml.jackson.core.JacksonException;
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
 * A trained surrogate as files: a manifest and one gzipped LightGBM text model for each predictor,
 * in {@code <circuit>/surrogate/<version>/}.
 *
 * @param version the folder's name, a whole number
 * @param manifest what the package says of itself
 * @param trees text of each predictor's model, by file name
 */
public record SurrogatePackage(
    String version, SurrogateManifest manifest, Map<String, String> trees) {
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
      return new SurrogatePackage(directory.getFileName().toString(), manifest, trees);
    } catch (JacksonException e) {
      throw new PackageException(file + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new PackageException(directory + ": " + e, e);
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
      try (OutputStream out =
          new GZIPOutputStream(Files.newOutputStream(directory.resolve(entry.getKey())))) {
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.writeString(
        directory.resolve(SurrogateManifest.FILE), MAPPER.writeValueAsString(manifest) + "\n");
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
