package io.understudy.cli.record;

import io.understudy.cli.UsageException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a record chunk by chunk, in the order in which it was written. */
public final class RecordFile {
  /** Takes the chunks. */
  public interface Chunks {
    /** A bank opened; its OPEN follows as a request. */
    void bank(int session, RecordedBank.Opening opening) throws IOException;

    /** A complete event, in the form of {@link RecordFormat#EVENT}. */
    void event(int session, ByteBuffer event) throws IOException;

    /** A client's frame, in the form of {@link RecordedFrame}. */
    void request(int session, byte[] frame) throws IOException;

    /** The server's answer to the session's last request, likewise. */
    void reply(int session, byte[] frame) throws IOException;
  }

  private RecordFile() {}

  /**
   * Reads all chunks.
   *
   * @throws UsageException naming the file, when it is no whole record
   */
  public static void read(Path file, Chunks taker) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(file + ": no such file (expected: a record)");
    }
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
      ByteBuffer head = take(in, RecordFormat.HEAD_BYTES);
      byte[] magic = new byte[RecordFormat.MAGIC.length];
      head.get(magic);
      int version = head.getInt();
      if (!Arrays.equals(magic, RecordFormat.MAGIC) || version != RecordFormat.VERSION) {
        throw new UsageException(
            file + ": no record of version " + RecordFormat.VERSION + " (expected: run --record)");
      }
      while (hasMore(in)) {
        ByteBuffer chunk = take(in, RecordFormat.CHUNK_HEAD_BYTES);
        int kind = chunk.getInt();
        int session = chunk.getInt();
        hand(file, kind, session, take(in, chunk.getInt()), taker);
      }
    } catch (EOFException | ZipException e) {
      throw new UsageException(file + ": cut or damaged (expected: a whole record)");
    }
  }

  private static void hand(Path file, int kind, int session, ByteBuffer bytes, Chunks taker)
      throws IOException {
    switch (kind) {
      case RecordFormat.BANK -> taker.bank(session, RecordedBank.Opening.parse(bytes.array()));
      case RecordFormat.EVENT -> taker.event(session, bytes);
      case RecordFormat.REQUEST -> taker.request(session, bytes.array());
      case RecordFormat.REPLY -> taker.reply(session, bytes.array());
      default -> throw new UsageException(file + ": chunk of kind " + kind + " (expected: 1 to 4)");
    }
  }

  private static boolean hasMore(InputStream in) throws IOException {
    in.mark(1);
    boolean more = in.read() >= 0;
    in.reset();
    return more;
  }

  private static ByteBuffer take(InputStream in, int bytes) throws IOException {
    byte[] read = bytes < 0 ? new byte[0] : in.readNBytes(bytes);
    if (read.length != bytes) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }
}
