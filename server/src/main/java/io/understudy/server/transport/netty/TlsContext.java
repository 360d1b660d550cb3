package io.understudy.server.transport.netty;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.understudy.server.access.AccessException;
import io.understudy.server.access.Certificates;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/** What TLS needs of the server, from its PEM files. */
public final class TlsContext {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private TlsContext() {}

  /**
   * Reads the files.
   *
   * @param adapt what a protocol over TLS adds
   * @throws AccessException when a file cannot be used
   */
  public static SslContext of(Certificates certificates, UnaryOperator<SslContextBuilder> adapt) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(certificates.chain().toFile(), certificates.key().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOLS);
      if (certificates.clientAuthority().isPresent()) {
        builder
            .trustManager(certificates.clientAuthority().get().toFile())
            .clientAuth(ClientAuth.REQUIRE);
      }
      return adapt.apply(builder).build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new AccessException(
          "tls files: "
              + certificates
              + " (expected: PEM, the key as PKCS #8; "
              + e.getMessage()
              + ")",
          e);
    }
  }
}
