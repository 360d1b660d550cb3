package io.understudy.cli.chaos;

import io.understudy.server.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
  private static final int MAX_FRAME_BYTES = 1 << 26;
  private static final long DELAY_NS = 50_000_000;

  private final ServerSocketChannel listener;
  private final ListenAddress address;
  private final Disturbance disturbance;
  private final Runnable kill;
  private final AtomicReference<ListenAddress> server;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong answers = new AtomicLong();

  /**
   * @param at where it listens
   * @param server where the server is; may change
   * @param kill ends the server
   */
  CrossingProxy(
      ListenAddress at,
      AtomicReference<ListenAddress> server,
      Disturbance disturbance,
      Runnable kill)
      throws IOException {
    this.server = server;
    this.disturbance = disturbance;
    this.kill = kill;
    if (at instanceof ListenAddress.Unix unix) {
      listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(unix.path()));
      address = at;
    } else {
      listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress("127.0.0.1", 0));
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      address = ListenAddress.parse("tcp:127.0.0.1:" + port);
    }
    start("proxy", this::accept);
  }

  /** Where simulators connect. */
  ListenAddress address() {
    return address;
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
      ListenAddress to = server.get();
      if (to instanceof ListenAddress.Unix unix) {
        return SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
      }
      SocketAddress at = to instanceof ListenAddress.Tcp tcp ? tcp.resolve() : null;
      SocketChannel channel = SocketChannel.open(at);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return channel;
    } catch (IOException e) {
      return null;
    }
  }

  /** Passes frames on in one direction until either side ends; then both do. */
  private void relay(SocketChannel from, SocketChannel to, boolean toServer) {
    byte[] held = null;
    try {
      for (byte[] frame = read(from); frame != null; frame = read(from)) {
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

  /** The next frame, or null at the stream's end. */
  private static byte[] read(SocketChannel from) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (!fill(from, length)) {
      return null;
    }
    int count = length.getInt(0);
    if (count < 0 || count > MAX_FRAME_BYTES) {
      return null;
    }
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + count);
    frame.put(length.flip());
    return fill(from, frame) ? frame.array() : null;
  }

  private static boolean fill(SocketChannel from, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (from.read(into) < 0) {
        return false;
      }
    }
    return true;
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
