package io.understudy.server.transport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.ServerException;
import io.understudy.server.session.Session;
import io.understudy.server.session.SessionHost;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves crossings on any number of addresses, one session a connection, an event loop a core. */
public final class CrossingEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CrossingEndpoint.class);
  private static final int BIND_TIMEOUT_MS = 10_000;
  private static final int STOP_TIMEOUT_MS = 5_000;

  /** Socket buffer that holds the frames of some thousand instances without a second wake-up. */
  private static final int UNIX_BUFFER_BYTES = 1 << 20;

  private final SessionHost host;
  private final ServerConfig config;
  private final MultiThreadIoEventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<ListenAddress> addresses = new ArrayList<>();
  private final List<UnixSocketFile> files = new ArrayList<>();
  private final AtomicLong lastSession = new AtomicLong();
  private final AtomicInteger openSessions = new AtomicInteger();

  private CrossingEndpoint(SessionHost host, ServerConfig config) {
    this.host = host;
    this.config = config;
    if (!Epoll.isAvailable()) {
      throw new ServerException(
          "epoll: not available (expected: Linux on x86_64)", Epoll.unavailabilityCause());
    }
    this.loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
  }

  /**
   * Starts to serve on all addresses of the configuration.
   *
   * @throws ServerException when one of them cannot be had; none is served then
   */
  public static CrossingEndpoint start(SessionHost host, ServerConfig config) {
    CrossingEndpoint endpoint = new CrossingEndpoint(host, config);
    try {
      config.listen().forEach(endpoint::listen);
      return endpoint;
    } catch (RuntimeException e) {
      endpoint.close();
      throw e;
    }
  }

  /** Where it serves, with the ports that the system chose. */
  public List<ListenAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Sessions whose connection is open. */
  public int openSessions() {
    return openSessions.get();
  }

  private void listen(ListenAddress address) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                });
    if (address instanceof ListenAddress.Unix unix) {
      bootstrap
          .channel(EpollServerDomainSocketChannel.class)
          .childOption(ChannelOption.SO_SNDBUF, UNIX_BUFFER_BYTES);
      files.add(
          UnixSocketFile.publish(
              unix, file -> bind(bootstrap, new DomainSocketAddress(file.toFile()), address)));
      addresses.add(address);
    } else if (address instanceof ListenAddress.Tcp tcp) {
      bootstrap
          .channel(EpollServerSocketChannel.class)
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true);
      InetSocketAddress bound = (InetSocketAddress) bind(bootstrap, resolve(tcp), address);
      addresses.add(new ListenAddress.Tcp(tcp.host(), bound.getPort()));
    }
  }

  private static InetSocketAddress resolve(ListenAddress.Tcp tcp) {
    try {
      return tcp.resolve();
    } catch (IllegalArgumentException e) {
      throw new ServerException(e.getMessage(), e);
    }
  }

  private SocketAddress bind(ServerBootstrap bootstrap, SocketAddress at, ListenAddress address) {
    ChannelFuture bound = bootstrap.bind(at);
    if (!bound.awaitUninterruptibly(BIND_TIMEOUT_MS) || !bound.isSuccess()) {
      throw new ServerException(
          "address: " + address + " (expected: one that can be bound; " + bound.cause() + ")",
          bound.cause());
    }
    channels.add(bound.channel());
    return bound.channel().localAddress();
  }

  private void accept(Channel channel) {
    if (openSessions.incrementAndGet() > config.maxSessions()) {
      openSessions.decrementAndGet();
      channel.pipeline().addLast(new OverloadHandler(config.maxSessions()));
    } else {
      Session session = new Session(lastSession.incrementAndGet(), host);
      InboundMemory inbound = new InboundMemory();
      channel.config().setRecvByteBufAllocator(inbound);
      channel.closeFuture().addListener(closed -> inbound.release());
      channel
          .pipeline()
          .addLast(
              new CrossingHandler(session, config.helloTimeoutMs(), openSessions::decrementAndGet));
    }
    channels.add(channel);
  }

  /** Closes all connections and frees the addresses; takes a bounded time. */
  @Override
  public void close() {
    channels.close().awaitUninterruptibly(STOP_TIMEOUT_MS);
    files.forEach(UnixSocketFile::remove);
    boolean stopped =
        loops
            .shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(STOP_TIMEOUT_MS);
    if (!stopped) {
      LOG.warn("event=stop_timed_out timeout_ms={}", STOP_TIMEOUT_MS);
    }
  }
}
