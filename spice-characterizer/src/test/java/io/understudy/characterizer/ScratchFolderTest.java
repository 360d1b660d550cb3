package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  @TempDir private Path directory;

  @Test
  void clearsWhatAKilledCharacterizationLeft() throws IOException {
    Path left = Files.createDirectories(directory.resolve("scratch/run-000007"));
    Files.writeString(left.resolve("run.raw"), "cut");
    try (ScratchFolder scratch = ScratchFolder.in(directory)) {
      assertFalse(Files.exists(left));
      Files.createDirectories(scratch.of("run-000000"));
    }
    assertFalse(Files.exists(directory.resolve("scratch")));
  }

  @Test
  void refusesAFolderThatIsInUse() throws IOException {
    try (ScratchFolder scratch = ScratchFolder.in(directory)) {
      Files.createDirectories(scratch.of("run-000000"));
      CharacterizationException e =
          assertThrows(CharacterizationException.class, () -> ScratchFolder.in(directory));
      assertEquals(
          directory + ": in use by another characterization (expected: one at a time)",
          e.getMessage());
    }
    ScratchFolder.in(directory).close();
  }

  @Test
  void clearsTemporaryFoldersOfProcessesThatAreGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path system = Path.of(System.getProperty("java.io.tmpdir"));
    Path left = system.resolve("understudy-ngspice-" + gone.pid() + "-123");
    Files.createDirectories(left.resolve("instance-0"));
    Path alive = system.resolve("understudy-ngspice-" + ProcessHandle.current().pid() + "-alive");
    Files.createDirectories(alive);
    try (ScratchFolder scratch = ScratchFolder.temporary()) {
      assertFalse(Files.exists(left));
      assertTrue(Files.exists(alive));
      assertTrue(Files.exists(scratch.of("x").getParent()));
    } finally {
      Files.delete(alive);
    }
  }
}
