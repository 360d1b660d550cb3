package io.understudy.cli.chaos;

import io.understudy.server.ListenAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What carries the crossings between a simulator and its server. */
public enum Transport {
  UNIX,
  TCP,
  /** Through the shim's plug-in, without TLS. */
  GRPC;

  private static final String ANY_PORT = "127.0.0.1:0";

  /**
   * What {@code serve} is asked for.
   *
   * @param socket a file of this server alone; beside gRPC, too, a server listens at a socket
   */
  List<String> serving(Path socket) {
    return switch (this) {
      case UNIX -> List.of("--listen", "unix:" + socket);
      case TCP -> List.of("--listen", "tcp:" + ANY_PORT);
      case GRPC -> List.of("--listen", "unix:" + socket, "--grpc", ANY_PORT);
    };
  }

  /** What an address begins with. */
  String scheme() {
    return this + ":";
  }

  /** Where to connect for an address of this transport. */
  SocketAddress resolve(String address) {
    String place = address.substring(scheme().length());
    return this == UNIX
        ? UnixDomainSocketAddress.of(place)
        : ListenAddress.parseHostPort(place).resolve();
  }

  /** The address by which simulators find what is bound here. */
  String addressOf(SocketAddress bound) {
    return bound instanceof InetSocketAddress at
        ? scheme() + at.getAddress().getHostAddress() + ":" + at.getPort()
        : scheme() + bound;
  }

  /** How the bytes of a connection's one direction are told apart. */
  Framing framing(boolean toServer) {
    return this == GRPC ? new GrpcFraming(toServer) : new SocketFraming();
  }

  /** As an option's value has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
