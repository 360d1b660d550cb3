package io.understudy.server;

import io.understudy.server.registry.ModelRegistry;
import java.nio.file.Path;

/** The circuits of the tests. */
public final class TestModels {
  public static final Path FOLDER = Path.of("src", "test", "resources", "models");
  public static final String PULSE = "pulse_cell";
  public static final String HELD = "held_row";
  public static final long PULSE_PERIOD_FS = 5_000_000;
  public static final long HELD_PERIOD_FS = 4_000_000;

  private TestModels() {}

  public static ModelRegistry circuits() {
    return ModelRegistry.loadCircuits(FOLDER);
  }

  /** A table that gives the one parameter without a default. */
  public static String biased(int instances) {
    StringBuilder table = new StringBuilder("instance,bias\n");
    for (int i = 0; i < instances; i++) {
      table.append(i).append(",0.5\n");
    }
    return table.toString();
  }
}
