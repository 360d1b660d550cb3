package io.understudy.server.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.understudy.server.ListenAddress;
import io.understudy.server.ServerException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Serves {@code /metrics} and {@code /ready} over HTTP, on a thread of its own so that a scrape
 * never delays a crossing.
 */
public final class MetricsEndpoint implements AutoCloseable {
  private static final int BIND_TIMEOUT_MS = 10_000;
  private static final int STOP_TIMEOUT_MS = 2_000;
  private static final int READ_TIMEOUT_S = 60;
  private static final int MAX_REQUEST_BYTES = 8_192;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final ListenAddress.Tcp address;

  private MetricsEndpoint(
      ListenAddress.Tcp wanted, ServerMetrics metrics, BooleanSupplier isReady) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new ReadTimeoutHandler(READ_TIMEOUT_S))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                        .addLast(new MetricsHandler(metrics, isReady));
                  }
                });
    ChannelFuture bound = bootstrap.bind(wanted.resolve());
    if (!bound.awaitUninterruptibly(BIND_TIMEOUT_MS) || !bound.isSuccess()) {
      throw new IllegalArgumentException(String.valueOf(bound.cause()));
    }
    address = wanted.at(((InetSocketAddress) bound.channel().localAddress()).getPort());
  }

  /**
   * Starts to serve.
   *
   * @param isReady whether new sessions are taken
   * @throws ServerException when the address cannot be had
   */
  public static MetricsEndpoint start(
      ListenAddress.Tcp address, ServerMetrics metrics, BooleanSupplier isReady) {
    try {
      return new MetricsEndpoint(address, metrics, isReady);
    } catch (IllegalArgumentException e) {
      throw new ServerException(
          "metrics address: "
              + address.hostPort()
              + " (expected: one that can be bound; "
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** Where it serves, with the port that the system chose. */
  public ListenAddress.Tcp address() {
    return address;
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_TIMEOUT_MS);
  }
}
