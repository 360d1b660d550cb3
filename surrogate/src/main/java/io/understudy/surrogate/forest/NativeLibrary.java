package io.understudy.surrogate.forest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The native evaluator's library, which is part of the jar; loaded once. */
final class NativeLibrary {
  /** Set to {@code off} it keeps evaluation in Java, with the same results. */
  static final String SWITCH = "understudy.native";

  private static final String RESOURCE = "/native/libunderstudy_forest.so";
  private static final boolean USABLE = load();

  private NativeLibrary() {}

  /** Whether the library is there and this machine has the vectors that it takes. */
  static boolean isUsable() {
    return USABLE;
  }

  private static boolean load() {
    if ("off".equals(System.getProperty(SWITCH))) {
      return false;
    }
    try (InputStream library = NativeLibrary.class.getResourceAsStream(RESOURCE)) {
      if (library == null) {
        return false; // built for x86-64 Linux alone
      }
      Path file = Files.createTempFile("understudy-forest", ".so");
      try {
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        System.load(file.toString());
      } finally {
        Files.delete(file); // what is loaded stays
      }
      return NativeForest.isSupported();
    } catch (IOException | UnsatisfiedLinkError e) {
      System.getLogger(NativeLibrary.class.getName())
          .log(Level.WARNING, "the native evaluator is not used: {0}", e.getMessage());
      return false;
    }
  }
}
