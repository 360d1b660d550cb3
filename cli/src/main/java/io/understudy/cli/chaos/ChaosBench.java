package io.understudy.cli.chaos;

import io.understudy.cli.chaos.Disturbance.Fate;
import io.understudy.cli.demo.DemoSystem;
import io.understudy.cli.simulate.SimulationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The shipped testbench in one simulator over one transport, undisturbed and disturbed. The server
 * is a process of its own; a proxy stands before it.
 */
public final class ChaosBench implements AutoCloseable {
  /** A checkpoint every so many bytes of frames: several in a run. */
  private static final Map<String, String> KILLS =
      Map.of("UNDERSTUDY_CHECKPOINT_BYTES", "16384", "UNDERSTUDY_DEADLINE_S", "160");

  private static final Map<String, String> FAULTS =
      Map.of(
          "UNDERSTUDY_CHECKPOINT_BYTES", "16384",
          "UNDERSTUDY_TIMEOUT_MS", "300",
          "UNDERSTUDY_DEADLINE_S", "20");

  private static final Fate[] KILLED = {Fate.KILL_BEFORE, Fate.KILL_WITHIN, Fate.KILL_AFTER};

  private final DemoSystem system;
  private final DemoSystem.Kind kind;
  private final Transport transport;
  private final Ending ending;
  private final Path work;
  private final Path log;
  private final AtomicReference<SocketAddress> address = new AtomicReference<>();
  private ServerProcess server;
  private ServerProcess spare;
  private CompletableFuture<Void> restart = CompletableFuture.completedFuture(null);
  private int started;
  private TestbenchRun undisturbed;
  private long frames;
  private long answers;

  /**
   * What one disturbed run was.
   *
   * @param what was done to it
   * @param verdict what came of it
   * @param passed whether that is as it must be
   */
  public record Outcome(String what, String verdict, boolean passed) {}

  /**
   * Starts the server and runs the testbench undisturbed.
   *
   * @param system built for the simulator
   * @param work folder of this bench alone
   * @param takeover whether a second server stands ready to take over, in place of a restart
   * @param ending how {@link #kill} ends the server
   */
  public ChaosBench(
      DemoSystem system,
      DemoSystem.Kind kind,
      Transport transport,
      boolean takeover,
      Ending ending,
      Path work)
      throws IOException {
    this.system = system;
    this.kind = kind;
    this.transport = transport;
    this.ending = ending;
    this.work = Files.createDirectories(work.toAbsolutePath());
    this.log = this.work.resolve("server.log");
    this.server = startServer();
    this.address.set(socketOf(server));
    this.spare = takeover ? startServer() : null;
    AtomicReference<long[]> counts = new AtomicReference<>();
    this.undisturbed = run(Disturbance.NONE, KILLS, counts);
    this.frames = counts.get()[0];
    this.answers = counts.get()[1];
    if (undisturbed.status() != 0 || undisturbed.summary().isEmpty()) {
      throw new SimulationException(
          kind
              + " undisturbed: status "
              + undisturbed.status()
              + " (expected: 0 and a summary; log: "
              + this.work.resolve("run").resolve("log")
              + ")");
    }
  }

  /** Crossings of a run, with HELLO, OPEN and CLOSE. */
  public long frames() {
    return frames;
  }

  /** Ends the server at a crossing drawn from the seed. */
  public Outcome kill(long seed) throws IOException {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    boolean toServer = random.nextBoolean();
    long at = 1 + random.nextInt((int) (toServer ? frames : answers));
    Fate fate = ending == Ending.TERM ? Fate.TERMINATE : KILLED[random.nextInt(KILLED.length)];
    boolean[] done = new boolean[1];
    Disturbance once =
        (direction, number, frame) -> {
          synchronized (done) {
            boolean now = !done[0] && direction == toServer && number == at;
            done[0] |= now;
            return now ? fate : Fate.PASS;
          }
        };
    TestbenchRun run = run(once, KILLS, new AtomicReference<>());
    String what = fate + (toServer ? " frame " : " answer ") + at;
    if (!done[0]) {
      return new Outcome(what, "never came: " + run.diagnosis(), false);
    }
    String difference = run.difference(undisturbed);
    return difference.isEmpty()
        ? new Outcome(what, "identical", true)
        : new Outcome(what, "differs: " + difference + "; " + run.diagnosis(), false);
  }

  /** Spoils some frames, drawn from the seed. */
  public Outcome faults(long seed) throws IOException {
    SeededFaults faults = new SeededFaults(seed, (int) Math.max(2, (frames + answers) / 4));
    TestbenchRun run = run(faults, FAULTS, new AtomicReference<>());
    String difference = run.difference(undisturbed);
    if (difference.isEmpty()) {
      return new Outcome(faults.told(), "identical", true);
    }
    return run.isDiagnosed()
        ? new Outcome(faults.told(), "diagnosed: " + run.diagnosis(), true)
        : new Outcome(faults.told(), "differs: " + difference + "; " + run.diagnosis(), false);
  }

  private TestbenchRun run(
      Disturbance disturbance, Map<String, String> settings, AtomicReference<long[]> counts)
      throws IOException {
    restart.join();
    Path socket = work.resolve("proxy.sock");
    Files.deleteIfExists(socket);
    try (CrossingProxy proxy =
        new CrossingProxy(transport, socket, address, disturbance, this::killServer)) {
      TestbenchRun run =
          TestbenchRun.of(system, kind, work.resolve("run"), proxy.address(), settings);
      counts.set(new long[] {proxy.frames(), proxy.answers()});
      return run;
    }
  }

  private synchronized void killServer() {
    ServerProcess ended = server;
    if (spare != null) {
      server = spare;
      address.set(socketOf(server));
    }
    if (ending == Ending.TERM) {
      ended.terminate();
    } else {
      ended.kill();
    }
    if (spare != null) {
      restart = CompletableFuture.runAsync(() -> spare = restarted());
    } else {
      restart =
          CompletableFuture.runAsync(
              () -> {
                server = restarted();
                address.set(socketOf(server));
              });
    }
  }

  private ServerProcess restarted() {
    try {
      return startServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerProcess startServer() throws IOException {
    List<String> serving = transport.serving(work.resolve("s" + ++started + ".sock"));
    return ServerProcess.start(List.of(), serving, log);
  }

  private SocketAddress socketOf(ServerProcess process) {
    return transport.resolve(process.address(transport.scheme()));
  }

  @Override
  public void close() {
    // One that could not be started has been told of already.
    restart.handle((done, failure) -> done).join();
    server.close();
    if (spare != null) {
      spare.close();
    }
  }
}
