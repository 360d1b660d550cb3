package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An authority of the test's own, and what it has signed: {@code ca.pem}, {@code NAME.pem} and
 * {@code NAME.key} in a folder.
 */
final class TestCertificates {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> KEY = List.of("-newkey", "rsa:2048", "-nodes");

  private final Path folder;

  TestCertificates(Path folder) {
    this.folder = folder;
    openssl(
        "req", "-x509", "-days", "2", "-subj", "/CN=test", "-keyout", "ca.key", "-out", "ca.pem");
  }

  /** Signs a certificate that names localhost. */
  void sign(String name) throws IOException {
    Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    openssl("req", "-subj", "/CN=" + name, "-keyout", name + ".key", "-out", name + ".csr");
    List<String> sign = new ArrayList<>(List.of("x509", "-req", "-days", "2"));
    sign.addAll(List.of("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"));
    sign.addAll(List.of("-extfile", "names", "-in", name + ".csr", "-out", name + ".pem"));
    run(sign);
  }

  /** A file of the folder. */
  Path file(String name) {
    return folder.resolve(name);
  }

  private void openssl(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(KEY);
    arguments.addAll(List.of(more));
    run(arguments);
  }

  private void run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    Execution execution = Execution.of(folder, Map.of(), LIMIT, command);
    assertEquals(0, execution.status(), execution::output);
  }
}
