package io.understudy.server.client;

import io.understudy.server.ListenAddress;
import io.understudy.server.frame.FrameAssembler;
import io.understudy.server.frame.FrameBuffer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Sends and receives frames over a socket; every wait ends by its deadline.
 *
 * <p>Not thread-safe.
 */
public final class FrameChannel implements AutoCloseable {
  private final ListenAddress address;
  private final long timeoutMs;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final FrameAssembler assembler = new FrameAssembler();

  private FrameChannel(ListenAddress address, long timeoutMs, SocketChannel channel)
      throws IOException {
    this.address = address;
    this.timeoutMs = timeoutMs;
    this.channel = channel;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @param timeoutMs for each wait, in ms
   * @throws CrossingException when there is no server
   */
  public static FrameChannel connect(ListenAddress address, long timeoutMs) {
    try {
      if (address instanceof ListenAddress.Tcp tcp) {
        if (tcp.encrypted()) {
          throw new CrossingException("address: " + address + " (expected: unix: or tcp:)");
        }
        SocketChannel channel = SocketChannel.open();
        try {
          channel.socket().connect(tcp.resolve(), (int) timeoutMs);
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
          channel.close();
          throw e;
        }
        return new FrameChannel(address, timeoutMs, channel);
      }
      SocketChannel channel =
          SocketChannel.open(UnixDomainSocketAddress.of(((ListenAddress.Unix) address).path()));
      return new FrameChannel(address, timeoutMs, channel);
    } catch (IOException e) {
      throw new CrossingException(
          "server: " + address + " (expected: one that listens; " + e + ")");
    }
  }

  /** Sends bytes from the position to the limit. */
  public void send(ByteBuffer bytes) {
    long deadline = deadline();
    try {
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) == 0) {
          await(SelectionKey.OP_WRITE, deadline, "to take a frame");
        }
      }
    } catch (IOException e) {
      throw lost(e.toString());
    }
  }

  /**
   * Receives a frame; it is valid until the next call.
   *
   * @throws CrossingException when the connection ends or nothing comes in time
   */
  public FrameBuffer receive() {
    long deadline = deadline();
    assembler.clear();
    try {
      while (true) {
        int got = channel.read(assembler.room(Integer.MAX_VALUE));
        if (got < 0) {
          throw lost("end of stream");
        }
        if (got == 0) {
          await(SelectionKey.OP_READ, deadline, "to answer");
        } else if (assembler.advance()) {
          return assembler.frame();
        }
      }
    } catch (IOException e) {
      throw lost(e.toString());
    }
  }

  private long deadline() {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
  }

  private void await(int operation, long deadline, String what) throws IOException {
    key.interestOps(operation);
    long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (leftMs <= 0 || selector.select(ready -> {}, leftMs) == 0) {
      throw new CrossingException(
          "server: " + address + ": " + timeoutMs + " ms without a sign (expected: " + what + ")");
    }
  }

  private CrossingException lost(String cause) {
    return new CrossingException(
        "server: " + address + ": connection lost, " + cause + " (expected: an answer)");
  }

  /** Closes the connection without a word. */
  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      // Nothing is lost: the session is over for this side.
      return;
    }
  }
}
