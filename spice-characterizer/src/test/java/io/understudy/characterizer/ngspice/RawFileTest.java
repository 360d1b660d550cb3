package io.understudy.characterizer.ngspice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFileTest {
  private static final String HEADER =
      """
      Title: * rc_stage
      Date: Thu Jan  1 00:00:00  2026
      Plotname: Transient Analysis
      Flags: real
      No. Variables: 3
      No. Points: 2       \s
      Variables:
      \t0\ttime\ttime
      \t1\tv(OUT)\tvoltage
      \t2\ti(vin_dac)\tcurrent
      Binary:
      """;

  @TempDir private Path directory;

  @Test
  void readsTheVectorsOfAHeaderAndItsPoints() throws IOException {
    Waveforms waveforms = RawFile.read(file(HEADER, 0, 0.25, -1e-6, 1e-9, 0.5, 2e-6));
    assertArrayEquals(new double[] {0, 1e-9}, waveforms.timeS());
    assertArrayEquals(new double[] {0.25, 0.5}, waveforms.vector("v(out)"));
    assertArrayEquals(new double[] {-1e-6, 2e-6}, waveforms.vector("I(vin_dac)"));
  }

  @Test
  void namesAVectorThatIsNotThere() throws IOException {
    Waveforms waveforms = RawFile.read(file(HEADER, 0, 0.25, -1e-6, 1e-9, 0.5, 2e-6));
    NgspiceException e = assertThrows(NgspiceException.class, () -> waveforms.vector("v(nowhere)"));
    assertEquals(
        "vector v(nowhere): not in the results (expected: one of [v(out), i(vin_dac)])",
        e.getMessage());
  }

  @Test
  void refusesAFileThatIsCutShort() throws IOException {
    Path file = file(HEADER, 0, 0.25, -1e-6, 1e-9, 0.5);
    NgspiceException e = assertThrows(NgspiceException.class, () -> RawFile.read(file));
    assertEquals("run.raw: data: 40 bytes (expected: 48, 2 points x 3)", e.getMessage());
  }

  @Test
  void refusesAValueThatIsNotFinite() throws IOException {
    Path file = file(HEADER, 0, 0.25, -1e-6, 1e-9, Double.NaN, 2e-6);
    NgspiceException e = assertThrows(NgspiceException.class, () -> RawFile.read(file));
    assertTrue(e.getMessage().contains("v(out) at 1.0E-9 s: NaN"), e.getMessage());
  }

  @Test
  void refusesTimeThatRunsBackwards() throws IOException {
    Path file = file(HEADER, 1e-9, 0.25, -1e-6, 0, 0.5, 2e-6);
    NgspiceException e = assertThrows(NgspiceException.class, () -> RawFile.read(file));
    assertTrue(e.getMessage().contains("time of point 1: 0.0"), e.getMessage());
  }

  @Test
  void refusesTextAndHeadersWithoutAnEnd() throws IOException {
    Path text = file(HEADER.replace("Binary:", "Values:"));
    assertTrue(
        assertThrows(NgspiceException.class, () -> RawFile.read(text))
            .getMessage()
            .contains("format: ASCII (expected: binary)"));
    Path cut = file(HEADER.substring(0, 100));
    assertTrue(
        assertThrows(NgspiceException.class, () -> RawFile.read(cut))
            .getMessage()
            .contains("a line Binary:"));
    Path complex = file(HEADER.replace("Flags: real", "Flags: complex"));
    assertTrue(
        assertThrows(NgspiceException.class, () -> RawFile.read(complex))
            .getMessage()
            .contains("Flags: complex (expected: real)"));
  }

  private Path file(String header, double... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      data.putDouble(value);
    }
    bytes.writeBytes(data.array());
    return Files.write(directory.resolve("run.raw"), bytes.toByteArray());
  }
}
