package io.understudy.server.access;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files of TLS.
 *
 * @param chain the server's certificate and what leads to its authority
 * @param key the certificate's private key, PKCS #8
 * @param clientAuthority the authority of clients' certificates; if present, a client must have one
 */
public record Certificates(Path chain, Path key, Optional<Path> clientAuthority) {
  public Certificates {
    check("certificate", chain);
    check("key", key);
    clientAuthority.ifPresent(file -> check("client authority", file));
  }

  private static void check(String what, Path file) {
    if (!Files.isReadable(file)) {
      throw new AccessException("tls " + what + ": " + file + " (expected: a readable PEM file)");
    }
  }
}
