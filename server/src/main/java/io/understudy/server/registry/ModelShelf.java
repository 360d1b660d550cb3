package io.understudy.server.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A models folder that is watched: what is replaced on disk is loaded once it has come to rest, and
 * is there for the sessions to come. A circuit that cannot be loaded any more stays as it was.
 */
public final class ModelShelf implements Supplier<ModelRegistry>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
  private static final int MAX_DEPTH = 6;

  private final Path folder;
  private final ScheduledExecutorService watch;
  private volatile ModelRegistry current;
  private Map<Path, String> loaded;
  private Map<Path, String> seen;

  private ModelShelf(Path folder, ModelRegistry current, int pollMs) {
    this.folder = folder;
    this.loaded = stamps();
    this.seen = loaded;
    this.current = current;
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "model-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.scheduleWithFixedDelay(this::look, pollMs, pollMs, TimeUnit.MILLISECONDS);
  }

  /**
   * Loads a folder and watches it.
   *
   * @param pollMs time between two looks
   * @throws ModelException when the folder cannot be read or holds no circuit
   */
  public static ModelShelf open(Path folder, int pollMs) {
    return new ModelShelf(folder, ModelRegistry.load(folder), pollMs);
  }

  @Override
  public ModelRegistry get() {
    return current;
  }

  /** Loads anew if the files have changed since the last load and not since the last look. */
  void look() {
    try {
      Map<Path, String> now = stamps();
      boolean settled = now.equals(seen);
      seen = now;
      if (settled && !now.equals(loaded)) {
        current = current.replacedBy(ModelRegistry.load(folder));
        loaded = now;
        LOG.info("event=models_reloaded circuits={}", current.entries().size());
      }
    } catch (RuntimeException e) {
      LOG.warn("event=models_not_reloaded reason=\"{}\"", e.toString());
    }
  }

  /** Each file's size and time of change. */
  private Map<Path, String> stamps() {
    Map<Path, String> stamps = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        stamps.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    } catch (IOException e) {
      throw new ModelException("models: " + folder + " (expected: readable files)", e);
    }
    return stamps;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
