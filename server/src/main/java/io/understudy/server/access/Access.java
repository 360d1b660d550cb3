package io.understudy.server.access;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who may reach a server: what encrypts, and what a client must know or have.
 *
 * @param certificates for TLS
 * @param token what a client over the network must say; the Unix socket needs none, since its file
 *     is its user's alone
 */
public record Access(Optional<Certificates> certificates, Optional<AccessToken> token) {
  /** For loopback and the Unix socket. */
  public static final Access LOCAL = new Access(Optional.empty(), Optional.empty());

  /**
   * Refuses an address that others could reach without being known, or whose talk they could hear.
   *
   * @param name the address, for the message
   * @param at where it binds
   * @param encrypted whether it speaks TLS
   * @throws AccessException when it must not be served
   */
  public void check(String name, InetAddress at, boolean encrypted) {
    if (encrypted && certificates.isEmpty()) {
      throw new AccessException(
          "address: " + name + ": no certificate (expected: --tls-cert and --tls-key)");
    }
    if (at.isLoopbackAddress()) {
      return;
    }
    if (!encrypted) {
      throw new AccessException(
          "address: " + name + ": beyond loopback without TLS (expected: TLS, or a loopback host)");
    }
    boolean known = token.isPresent() || certificates.get().clientAuthority().isPresent();
    if (!known) {
      throw new AccessException(
          "address: "
              + name
              + ": beyond loopback for everyone (expected: a token or clients' certificates:"
              + " --token-file or --tls-client-ca)");
    }
  }
}
