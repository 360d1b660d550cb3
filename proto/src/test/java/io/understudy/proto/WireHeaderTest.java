package io.understudy.proto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireHeaderTest {
  @Test
  void theCommittedHeaderIsCurrent() throws IOException {
    Path header = Path.of("..", "hdl-shims", "core", "us_wire.h");
    assertEquals(WireHeader.text(), Files.readString(header));
  }

  @Test
  void namesEachConstantOnce() {
    assertTrue(WireHeader.text().contains("\n#define US_FRAME_TYPE_STEP 5\n"));
    assertTrue(WireHeader.text().contains("\n#define US_WIRE_MAX_FRAME_BYTES 67108864\n"));
    long defines = WireHeader.text().lines().filter(l -> l.startsWith("#define US_")).count();
    long distinct =
        WireHeader.text().lines().filter(l -> l.startsWith("#define US_")).distinct().count();
    assertEquals(distinct, defines);
  }

  @Test
  void writesWhatItThenFindsCurrent(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("us_wire.h");
    assertFalse(WireHeader.isCurrent(file));
    WireHeader.main(new String[] {file.toString()});
    assertTrue(WireHeader.isCurrent(file));
    Files.writeString(file, Files.readString(file).replace("STEP 5", "STEP 6"));
    assertFalse(WireHeader.isCurrent(file));
  }
}
