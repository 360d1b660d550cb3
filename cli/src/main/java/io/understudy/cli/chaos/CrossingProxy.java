package io.understudy.cli.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a simulator and its server and passes frames on, whole, spoilt or not at all.
 * Where there is no server it takes connections and ends them.
 */
final class CrossingProxy implements AutoCloseable {
  private static final long DELAY_NS = 50_000_000;

  private final ServerSocketChannel listener;
  private final Transport transport;
  private final Disturbance disturbance;
  private final Runnable kill;
  private final AtomicReference<SocketAddress> server;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong answers = new AtomicLong();

  /**
   * @param socket where it listens if that is a file; else it has a port of its own
   * @param server where the server is; may change
   * @param kill ends the server
   */
  CrossingProxy(
      Transport transport,
      Path socket,
      AtomicReference<SocketAddress> server,
      Disturbance disturbance,
      Runnable kill)
      throws IOException {
    this.transport = transport;
    this.server = server;
    this.disturbance = disturbance;
    this.kill = kill;
    if (transport == Transport.UNIX) {
      listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(socket));
    } else {
      listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
    start("proxy", this::accept);
  }

  /** Where simulators connect. */
  String address() throws IOException {
    return transport.addressOf(listener.getLocalAddress());
  }

  /** Frames from simulators so far. */
  long frames() {
    return frames.get();
  }

  /** Answers from servers so far. */
  long answers() {
    return answers.get();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        open.add(client);
        SocketChannel upstream = connect();
        if (upstream == null) {
          end(client);
          continue;
        }
        open.add(upstream);
        start("frames", () -> relay(client, upstream, true));
        start("answers", () -> relay(upstream, client, false));
      }
    } catch (IOException e) {
      endAll();
    }
  }

  private SocketChannel connect() {
    try {
      SocketChannel channel = SocketChannel.open(server.get());
      if (transport != Transport.UNIX) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      return channel;
    } catch (IOException e) {
      return null;
    }
  }

  /** Passes frames on in one direction until either side ends; then both do. */
  private void relay(SocketChannel from, SocketChannel to, boolean toServer) {
    Framing framing = transport.framing(toServer);
    byte[] held = null;
    try {
      for (Framing.Piece piece = framing.next(from); piece != null; piece = framing.next(from)) {
        byte[] frame = piece.bytes();
        if (!piece.isCrossing()) {
          write(to, frame, frame.length);
          continue;
        }
        long number = (toServer ? frames : answers).incrementAndGet();
        switch (disturbance.of(toServer, number, frame)) {
          case PASS, GARBLE -> write(to, frame, frame.length);
          case DROP -> {}
          case DELAY -> {
            LockSupport.parkNanos(DELAY_NS);
            write(to, frame, frame.length);
          }
          case CUT -> {
            write(to, frame, frame.length / 2);
            return;
          }
          case DUPLICATE -> {
            write(to, frame, frame.length);
            write(to, frame, frame.length);
          }
          case REORDER -> {
            held = frame;
            continue;
          }
          case KILL_BEFORE -> {
            kill.run();
            return;
          }
          case KILL_WITHIN -> {
            write(to, frame, frame.length / 2);
            kill.run();
            return;
          }
          case TERMINATE -> {
            write(to, frame, frame.length);
            kill.run();
          }
          case KILL_AFTER -> {
            write(to, frame, frame.length);
            kill.run();
            return;
          }
        }
        if (held != null) {
          write(to, held, held.length);
          held = null;
        }
      }
    } catch (IOException e) {
      // Either side has gone: so does the other, below.
      return;
    } finally {
      end(from);
      end(to);
    }
  }

  private static void write(SocketChannel to, byte[] frame, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(frame, count));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static void start(String name, Runnable body) {
    Thread thread = new Thread(body, "chaos-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void end(SocketChannel channel) {
    open.remove(channel);
    try {
      channel.close();
    } catch (IOException e) {
      // It has ended, one way or the other.
      return;
    }
  }

  private void endAll() {
    open.forEach(this::end);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    endAll();
  }
}
