package io.understudy.surrogate.forest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When the native evaluator is used; its scores are compared in {@link ForestPropertiesTest}. */
class NativeForestTest {
  private static final List<String> TAKEN =
      List.of("avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_vbmi", "avx512vbmi");

  @Test
  void isUsedWhereTheMachineHasItsVectors() throws IOException {
    List<String> flags =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> List.of(line.split("\\s+")))
            .orElse(List.of());
    long has = TAKEN.stream().filter(flags::contains).count();
    // Linux has had two names for one of them.
    assertEquals(has >= TAKEN.size() - 1, kernel(3, 20).isNative());
  }

  @Test
  void isNotUsedForTreesOfMoreThan64Leaves() {
    assertFalse(kernel(30, 200).isNative()); // drawn from 1 to 200 each
  }

  @Test
  void isNotUsedForAKernelInJavaAlone() {
    String text = new RandomModel(new Random(4), 3, true, true).text(2, 20);
    Forest forest = ForestReader.read("model", text);
    assertFalse(forest.portableKernel(new int[] {0, 1, 2}, 8).isNative());
  }

  private static ForestKernel kernel(int trees, int leaves) {
    String text = new RandomModel(new Random(3), 3, true, true).text(trees, leaves);
    return ForestReader.read("model", text).kernel(new int[] {2, 0, 1}, 8);
  }
}
