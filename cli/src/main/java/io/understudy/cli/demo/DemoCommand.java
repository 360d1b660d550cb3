package io.understudy.cli.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo")
public final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 2;
  }
}
