package io.understudy.server.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The secret that lets a client in. Never shown: its text form does not hold it. */
public final class AccessToken {
  private static final int MIN_BYTES = 16;
  private static final int MAX_BYTES = 1_024;

  private final byte[] secret;

  private AccessToken(byte[] secret) {
    this.secret = secret;
  }

  /**
   * A token.
   *
   * @throws AccessException when it is too short to be a secret, or too long
   */
  public static AccessToken of(String text) {
    byte[] secret = text.getBytes(StandardCharsets.UTF_8);
    if (secret.length < MIN_BYTES || secret.length > MAX_BYTES) {
      throw new AccessException(
          "token: "
              + secret.length
              + " bytes (expected: "
              + MIN_BYTES
              + " to "
              + MAX_BYTES
              + ", hard to guess)");
    }
    return new AccessToken(secret);
  }

  /**
   * The token that a file holds, without the white space around it.
   *
   * @throws AccessException when the file cannot be read or holds no token
   */
  public static AccessToken read(Path file) {
    try {
      if (Files.size(file) > 2L * MAX_BYTES) {
        throw new AccessException(
            "token file: " + file + ": " + Files.size(file) + " bytes (expected: a token)");
      }
      return of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new AccessException("token file: " + file + " (expected: a readable file; " + e + ")");
    }
  }

  /** Whether a client's text is the token; takes as long for a near miss as for a far one. */
  public boolean matches(String text) {
    return MessageDigest.isEqual(secret, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "token of " + secret.length + " bytes";
  }
}
