package io.understudy.testbenches;

import io.understudy.cli.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line as the launcher starts it, for a process of its own. */
final class UnderstudyCommand {
  private UnderstudyCommand() {}

  /** The program and its arguments. */
  static List<String> of(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:-UsePerfData");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dunderstudy.home=" + ProductHome.path(""));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
