package io.understudy.testbenches;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a waveform in VCD: the changes of each signal, by its path. Values are comparable between
 * simulators: vectors without leading zeros, reals as doubles, and of several changes at one time
 * the last, if it is one.
 */
final class VcdReader {
  private final Map<String, List<String>> pathsById = new HashMap<>();
  private final Map<String, String> kinds = new TreeMap<>();
  private final Map<String, List<Change>> changes = new TreeMap<>();
  private final Deque<String> scopes = new ArrayDeque<>();
  private long time;

  /**
   * A change.
   *
   * @param time in the file's time unit
   * @param value binary digits, or a real
   */
  record Change(long time, String value) {}

  private VcdReader() {}

  /** Reads a file. */
  static VcdReader read(Path file) throws IOException {
    VcdReader vcd = new VcdReader();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        vcd.line(line.strip());
      }
    }
    return vcd;
  }

  private void line(String line) {
    if (line.startsWith("$scope")) {
      scopes.addLast(line.split("\\s+")[2]);
    } else if (line.startsWith("$upscope")) {
      scopes.removeLast();
    } else if (line.startsWith("$var")) {
      declare(line.split("\\s+"));
    } else if (line.startsWith("#")) {
      time = Long.parseLong(line.substring(1));
    } else if (!line.isEmpty() && "01xzXZ".indexOf(line.charAt(0)) >= 0) {
      change(line.substring(1), line.substring(0, 1));
    } else if (line.startsWith("b") || line.startsWith("r")) {
      String[] parts = line.split("\\s+");
      String value = parts[0].substring(1);
      change(parts[1], line.charAt(0) == 'r' ? real(value) : value.replaceFirst("^0+(?=.)", ""));
    }
  }

  private void declare(String[] words) {
    // Verilator puts a scope of its own around the testbench.
    String path = String.join(".", scopes) + "." + words[4];
    path = path.startsWith("TOP.") ? path.substring("TOP.".length()) : path;
    kinds.put(path, words[1]);
    changes.put(path, new ArrayList<>());
    pathsById.computeIfAbsent(words[3], id -> new ArrayList<>()).add(path);
  }

  private static String real(String value) {
    return String.valueOf(Double.parseDouble(value) + 0.0);
  }

  private void change(String id, String value) {
    for (String path : pathsById.getOrDefault(id, List.of())) {
      List<Change> list = changes.get(path);
      if (!list.isEmpty() && list.get(list.size() - 1).time == time) {
        list.remove(list.size() - 1);
      }
      if (list.isEmpty() || !list.get(list.size() - 1).value.equals(value)) {
        list.add(new Change(time, value));
      }
    }
  }

  /** Paths of all real variables. */
  List<String> reals() {
    return kinds.keySet().stream().filter(path -> kinds.get(path).equals("real")).toList();
  }

  /** Changes of a signal, the initial value first; null when there is no such signal. */
  List<Change> changes(String path) {
    return changes.get(path);
  }
}
