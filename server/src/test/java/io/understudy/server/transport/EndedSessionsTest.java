package io.understudy.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.SumBackend;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.client.FrameChannel;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Welcome;
import io.understudy.server.session.Session;
import io.understudy.server.session.SessionListener;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that serves on holds nothing of the sessions that have ended. */
@Timeout(60)
class EndedSessionsTest {
  private static final int SESSIONS = 20;
  private static final int TIMEOUT_MS = 20_000;
  private static final int PAUSE_MS = 100;

  @TempDir private Path folder;
  private final FrameBuffer frame = new FrameBuffer();
  private UnderstudyServer server;

  @BeforeEach
  void start() {
    ServerConfig config =
        ServerConfig.of(TestModels.FOLDER, new ListenAddress.Unix(folder.resolve("s")))
            .withGrpc(new ListenAddress.Tcp("127.0.0.1", 0));
    server =
        UnderstudyServer.start(
            config, TestModels.circuits(), new SumBackend(), SessionListener.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sessions that something holds, after a full collection. */
  private static long held() throws JMException {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return histogram
        .toString()
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(words -> words.length > 3 && words[3].equals(Session.class.getName()))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }

  /** Waits, bounded, for connections to come to their end. */
  private static void assertHeldComesBackTo(long before) throws Exception {
    long held = held();
    for (int waitedMs = 0; held > before && waitedMs < TIMEOUT_MS / 4; waitedMs += PAUSE_MS) {
      Thread.sleep(PAUSE_MS);
      held = held();
    }
    assertEquals(before, held);
  }

  @Test
  void areForgottenOverASocket() throws Exception {
    long before = held();
    for (int i = 0; i < SESSIONS; i++) {
      try (FrameChannel channel = FrameChannel.connect(server.addresses().get(0), TIMEOUT_MS)) {
        new Hello("test").encode(frame, 1);
        channel.send(frame.bytes());
        Welcome.decode(channel.receive().bytes());
      }
    }
    assertHeldComesBackTo(before);
  }

  @Test
  void areForgottenOverGrpc() throws Exception {
    long before = held();
    for (int i = 0; i < SESSIONS; i++) {
      try (GrpcFrames client = new GrpcFrames(server.grpcAddress().orElseThrow())) {
        new Hello("test").encode(frame, 1);
        client.send(frame);
        Welcome.decode(client.frame().bytes());
      }
    }
    assertHeldComesBackTo(before);
  }
}
