package io.understudy.testbenches;

import io.understudy.server.frame.FrameCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A server that answers each HELLO with the same bytes, whatever they are, and then is silent. */
final class FakeServer implements AutoCloseable {
  private static final int HEADER_BYTES = 24;
  private static final int ERROR_BYTES = 8;

  private final ServerSocket socket;

  /**
   * Starts it.
   *
   * @param answer what it says; may be empty
   */
  FakeServer(byte[] answer) throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(answer), "fake-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** The beginning of a frame that answers HELLO. */
  static ByteBuffer frame(int length, int version, int type) {
    ByteBuffer frame =
        ByteBuffer.allocate(Math.min(length + Integer.BYTES, 4096)).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(length).put((byte) version).put((byte) type);
    frame.putShort(FrameCheck.header(length, version, type, 1, 0));
    return frame.putLong(1).putLong(0);
  }

  /** An ERROR frame. */
  static ByteBuffer error(int version, int code, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = frame(HEADER_BYTES - Integer.BYTES + ERROR_BYTES + bytes.length, version, 9);
    return frame.putShort((short) code).putShort((short) 0).putInt(bytes.length).put(bytes);
  }

  private void serve(byte[] answer) {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        InputStream requests = client.getInputStream();
        if (requests.readNBytes(HEADER_BYTES).length == HEADER_BYTES) {
          client.getOutputStream().write(answer);
          client.getOutputStream().flush();
        }
        // Until the client has had enough.
        requests.transferTo(java.io.OutputStream.nullOutputStream());
      } catch (IOException e) {
        // The client or the test has ended: what it saw is what counts.
      }
    }
  }

  /** Its address as the shim takes it. */
  String address() {
    return "tcp:127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
