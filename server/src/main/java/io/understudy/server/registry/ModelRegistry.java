package io.understudy.server.registry;

import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.predict.Surrogate;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuits of a models folder: those that can be served, and the others with the reason.
 * Circuits are looked up by name; a name is never used as a path. Immutable.
 */
public final class ModelRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);

  private final SortedMap<String, ModelEntry> entries;
  private final SortedMap<String, String> refusals;

  private ModelRegistry(SortedMap<String, ModelEntry> entries, SortedMap<String, String> refusals) {
    this.entries = Collections.unmodifiableSortedMap(entries);
    this.refusals = Collections.unmodifiableSortedMap(refusals);
  }

  /**
   * Loads each circuit of a folder with its newest surrogate. A circuit that has none, or one that
   * was trained for another state of the circuit, is kept as a refusal.
   *
   * @param models a folder of circuits' folders
   * @throws ModelException when the folder cannot be read or holds no circuit
   */
  public static ModelRegistry load(Path models) {
    return load(models, ModelRegistry::loadSurrogate);
  }

  /**
   * Loads each circuit of a folder without its surrogate, for a backend that needs none.
   *
   * @throws ModelException when the folder cannot be read or holds no circuit
   */
  public static ModelRegistry loadCircuits(Path models) {
    return load(models, folder -> null);
  }

  private interface SurrogateSource {
    Surrogate load(CircuitFolder folder) throws IOException;
  }

  private static ModelRegistry load(Path models, SurrogateSource source) {
    SortedMap<String, ModelEntry> entries = new TreeMap<>();
    SortedMap<String, String> refusals = new TreeMap<>();
    for (Path directory : circuitFolders(models)) {
      String name = directory.getFileName().toString();
      try {
        checkInside(models, directory);
        CircuitFolder folder = CircuitReader.read(directory);
        if (!folder.circuit().name().equals(name)) {
          throw new ModelException(
              directory
                  + ": circuit: "
                  + folder.circuit().name()
                  + " (expected: "
                  + name
                  + ", the folder's name)");
        }
        entries.put(name, new ModelEntry(folder, source.load(folder)));
        LOG.info("event=model_loaded circuit={}", name);
      } catch (RuntimeException | IOException e) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        refusals.put(name, reason);
        LOG.warn("event=model_refused circuit={} reason=\"{}\"", name, reason);
      }
    }
    return new ModelRegistry(entries, refusals);
  }

  /** A link must not lead out of the models folder. */
  private static void checkInside(Path models, Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!real.startsWith(models.toRealPath())) {
      throw new ModelException(
          directory + ": a link to " + real + ", outside the models folder (expected: a folder)");
    }
  }

  private static List<Path> circuitFolders(Path models) {
    try (Stream<Path> children = Files.list(models)) {
      List<Path> folders =
          children
              .filter(child -> Files.isRegularFile(child.resolve(CircuitReader.FILE)))
              .sorted()
              .toList();
      if (folders.isEmpty()) {
        throw new ModelException(
            "models: " + models + " (expected: folders that hold a " + CircuitReader.FILE + ")");
      }
      return folders;
    } catch (IOException e) {
      throw new ModelException(
          "models: " + models + " (expected: a folder of circuits; " + e + ")", e);
    }
  }

  private static Surrogate loadSurrogate(CircuitFolder folder) throws IOException {
    Path newest =
        SurrogatePackage.newest(folder)
            .orElseThrow(
                () ->
                    new ModelException(
                        folder.directory().resolve(SurrogatePackage.FOLDER)
                            + ": no version (expected: a trained surrogate)"));
    return Surrogate.load(folder, SurrogatePackage.read(newest, folder));
  }

  /** Another registry, with this one's entries where that one has only a refusal. */
  ModelRegistry replacedBy(ModelRegistry newer) {
    SortedMap<String, ModelEntry> merged = new TreeMap<>(newer.entries);
    SortedMap<String, String> refused = new TreeMap<>(newer.refusals);
    newer
        .refusals
        .keySet()
        .forEach(
            name -> {
              if (entries.containsKey(name)) {
                merged.put(name, entries.get(name));
                refused.remove(name);
              }
            });
    return new ModelRegistry(merged, refused);
  }

  /** What can be served, in the order of the names. */
  public Collection<ModelEntry> entries() {
    return entries.values();
  }

  /** Why other circuits of the folder cannot be served, by their names. */
  public SortedMap<String, String> refusals() {
    return refusals;
  }

  /**
   * Looks a circuit up.
   *
   * @throws ModelException when there is none of that name, naming those that exist, or when it
   *     cannot be served, naming the reason
   */
  public ModelEntry get(String circuit) {
    ModelEntry entry = entries.get(circuit);
    if (entry != null) {
      return entry;
    }
    String reason = refusals.get(circuit);
    if (reason != null) {
      throw new ModelException("circuit: " + circuit + " cannot be served: " + reason);
    }
    throw new ModelException(
        "circuit: " + circuit + " (expected: one of " + entries.keySet() + ")");
  }
}
