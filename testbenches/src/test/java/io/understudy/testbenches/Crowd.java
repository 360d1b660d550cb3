package io.understudy.testbenches;

import io.understudy.server.ListenAddress;
import io.understudy.server.client.FrameChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Other sessions, each with frames of its own, that keep a server busy until they are closed. */
final class Crowd implements AutoCloseable {
  private static final long TIMEOUT_MS = 30_000;

  private final ExecutorService threads;
  private final List<Future<?>> sessions = new ArrayList<>();
  private final Phaser begun = new Phaser(1);
  private volatile boolean closing;

  /** Returns when all of them have had an answer. */
  Crowd(ListenAddress server, int size) {
    threads = Executors.newCachedThreadPool();
    begun.bulkRegister(size);
    for (int i = 0; i < size; i++) {
      // Some are large enough to be evaluated by several threads.
      CrossingScript script = new CrossingScript(1_000 + i, i % 25 == 0 ? 600 : 1 + i % 10, 6);
      sessions.add(threads.submit(() -> live(server, script)));
    }
    begun.awaitAdvance(begun.arriveAndDeregister());
  }

  private void live(ListenAddress server, CrossingScript script) {
    boolean arrived = false;
    try {
      while (!closing) {
        try (FrameChannel channel = FrameChannel.connect(server, TIMEOUT_MS)) {
          script.play(
              request -> {
                channel.send(ByteBuffer.wrap(request));
                return CrossingScript.bytes(channel.receive());
              });
        }
        if (!arrived) {
          begun.arriveAndDeregister();
          arrived = true;
        }
      }
    } finally {
      if (!arrived) {
        begun.arriveAndDeregister();
      }
    }
  }

  /** How many go on. */
  long alive() {
    return sessions.stream().filter(session -> !session.isDone()).count();
  }

  /** Ends them; fails if one of them had failed. */
  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    for (Future<?> session : sessions) {
      try {
        session.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new AssertionError("one of the crowd: " + e, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
