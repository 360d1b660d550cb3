package io.understudy.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** Where crossings are served: {@code unix:PATH}, {@code tcp:HOST:PORT}, {@code tls:HOST:PORT}. */
public sealed interface ListenAddress {
  /** What an address looks like. */
  String FORMS = "unix:PATH, tcp:HOST:PORT or tls:HOST:PORT";

  /**
   * A Unix socket.
   *
   * @param path its file
   */
  record Unix(Path path) implements ListenAddress {
    /** Most bytes of a socket's path that Linux takes. */
    public static final int MAX_PATH_BYTES = 107;

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * A TCP port.
   *
   * @param host name or address; an IPv6 address without brackets
   * @param port 0 lets the system choose
   * @param encrypted whether TLS is spoken
   */
  record Tcp(String host, int port, boolean encrypted) implements ListenAddress {
    /** Without TLS. */
    public Tcp(String host, int port) {
      this(host, port, false);
    }

    /** The same host and encryption at the port that the system chose. */
    public Tcp at(int bound) {
      return new Tcp(host, bound, encrypted);
    }

    /**
     * The address, its name resolved.
     *
     * @throws IllegalArgumentException when the host is not known
     */
    public InetSocketAddress resolve() {
      try {
        return new InetSocketAddress(InetAddress.getByName(host), port);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(this + ": host not known (expected: " + FORMS + ")", e);
      }
    }

    /** {@code HOST:PORT}, as it stands after the scheme. */
    public String hostPort() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
      return (encrypted ? "tls:" : "tcp:") + hostPort();
    }
  }

  /**
   * Parses an address.
   *
   * @throws IllegalArgumentException naming it and what was expected
   */
  static ListenAddress parse(String text) {
    if (text.startsWith("unix:") && text.length() > "unix:".length()) {
      return new Unix(Path.of(text.substring("unix:".length())));
    }
    if (text.startsWith("tcp:")) {
      return parseTcp(text, text.substring("tcp:".length()), false);
    }
    if (text.startsWith("tls:")) {
      return parseTcp(text, text.substring("tls:".length()), true);
    }
    throw new IllegalArgumentException("address: " + text + " (expected: " + FORMS + ")");
  }

  /** Parses {@code HOST:PORT}, as it stands after {@code tcp:}. */
  static Tcp parseHostPort(String text) {
    return parseTcp(text, text, false);
  }

  private static Tcp parseTcp(String text, String hostPort, boolean encrypted) {
    int colon = hostPort.lastIndexOf(':');
    String port = hostPort.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "address: " + text + " (expected: HOST:PORT with a port of 0 to 65535)");
    }
    String host = hostPort.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Tcp(host, Integer.parseInt(port), encrypted);
  }
}
