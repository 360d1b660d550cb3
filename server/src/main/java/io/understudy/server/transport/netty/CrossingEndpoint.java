package io.understudy.server.transport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.ServerException;
import io.understudy.server.frame.FrameException;
import io.understudy.server.transport.Conversation;
import io.understudy.server.transport.Reception;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves crossings on any number of addresses, one session a connection, an event loop a core. */
public final class CrossingEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CrossingEndpoint.class);
  private static final int BIND_TIMEOUT_MS = 10_000;
  private static final int STOP_TIMEOUT_MS = 5_000;

  private static final int KEEPALIVE_S = 60;
  private static final int KEEPALIVE_PROBES = 4;

  /** Socket buffer that holds the frames of some thousand instances without a second wake-up. */
  private static final int UNIX_BUFFER_BYTES = 1 << 20;

  private final Reception reception;
  private final ServerConfig config;
  private final Optional<SslContext> tls;
  private final MultiThreadIoEventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final List<ListenAddress> addresses = new ArrayList<>();
  private final List<UnixSocketFile> files = new ArrayList<>();

  private CrossingEndpoint(Reception reception, ServerConfig config) {
    this.reception = reception;
    this.config = config;
    this.tls =
        config.access().certificates().map(files -> TlsContext.of(files, builder -> builder));
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
  public static CrossingEndpoint start(Reception reception, ServerConfig config) {
    CrossingEndpoint endpoint = new CrossingEndpoint(reception, config);
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

  private void listen(ListenAddress address) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel, address);
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
          .childOption(ChannelOption.TCP_NODELAY, true)
          // A client whose host has vanished is found out within two minutes.
          .childOption(ChannelOption.SO_KEEPALIVE, true)
          .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_S)
          .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_S / KEEPALIVE_PROBES)
          .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
      InetSocketAddress to = resolve(tcp);
      config.access().check(tcp.toString(), to.getAddress(), tcp.encrypted());
      InetSocketAddress bound = (InetSocketAddress) bind(bootstrap, to, address);
      addresses.add(tcp.at(bound.getPort()));
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

  private void accept(Channel channel, ListenAddress address) {
    if (address instanceof ListenAddress.Tcp tcp && tcp.encrypted()) {
      SslHandler handler = tls.orElseThrow().newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(config.serving().helloTimeoutMs());
      channel.pipeline().addLast(handler);
    }
    InboundMemory inbound = new InboundMemory();
    channel.config().setRecvByteBufAllocator(inbound);
    channel.closeFuture().addListener(closed -> inbound.release());
    try {
      boolean guarded = address instanceof ListenAddress.Tcp;
      Conversation conversation = new Conversation(reception.admit(), reception, guarded);
      channel.pipeline().addLast(new CrossingHandler(conversation, config.serving()));
    } catch (FrameException e) {
      reception.refused(e);
      channel.pipeline().addLast(new OverloadHandler(e));
    }
    channels.add(channel);
  }

  /** Asks all connections to close once their answers under way are sent. */
  public void drain() {
    channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(CrossingHandler.DRAIN));
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
