package io.understudy.cli.serve;

import io.understudy.cli.UsageException;
import io.understudy.server.access.Access;
import io.understudy.server.access.AccessToken;
import io.understudy.server.access.Certificates;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who may reach the server over a network. */
final class AccessOptions {
  private static final String TOKEN_VARIABLE = "UNDERSTUDY_TOKEN";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "holds the token that clients over TCP and gRPC must say (default: that of the variable"
              + " UNDERSTUDY_TOKEN, if it is set)")
  private Path tokenFile;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "the server's certificate and its chain, PEM; gRPC then speaks TLS")
  private Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "its private key, PEM, PKCS #8")
  private Path key;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description = "clients must have a certificate of this authority, PEM")
  private Path clientAuthority;

  Access access() {
    if ((certificate == null) != (key == null)
        || (certificate == null && clientAuthority != null)) {
      throw new UsageException(
          "--tls-cert and --tls-key: one alone (expected: both, or neither and no"
              + " --tls-client-ca)");
    }
    Optional<Certificates> certificates =
        certificate == null
            ? Optional.empty()
            : Optional.of(new Certificates(certificate, key, Optional.ofNullable(clientAuthority)));
    return new Access(certificates, token());
  }

  private Optional<AccessToken> token() {
    if (tokenFile != null) {
      return Optional.of(AccessToken.read(tokenFile));
    }
    String variable = System.getenv(TOKEN_VARIABLE);
    return variable == null || variable.isEmpty()
        ? Optional.empty()
        : Optional.of(AccessToken.of(variable));
  }
}
