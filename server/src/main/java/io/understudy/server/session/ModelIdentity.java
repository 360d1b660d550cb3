package io.understudy.server.session;

import io.understudy.server.frame.WirePort;
import io.understudy.server.registry.ModelEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** A number that tells models apart: of the circuit, its surrogate, and its ports on the wire. */
final class ModelIdentity {
  private ModelIdentity() {}

  static long of(ModelEntry model, List<WirePort> inputs, List<WirePort> outputs) {
    String text =
        String.join(
            "\n",
            model.name(),
            model.folder().sha256(),
            model.surrogate() == null ? "no surrogate" : model.surrogate().sha256(),
            Long.toString(model.folder().circuit().periodFs()),
            inputs.toString(),
            outputs.toString());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** For people. */
  static String text(String circuit, long identity) {
    return String.format("%s of identity %016x", circuit, identity);
  }
}
