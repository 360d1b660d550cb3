package io.understudy.testbenches;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.proto.v1.FrameType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A record's bytes, unpacked, to be damaged. */
final class RecordBytes {
  private static final int HEAD_BYTES = 16;
  private static final int CHUNK_HEAD_BYTES = 12;
  private static final int REPLY = 2;
  private static final int TYPE_AT = 5;
  private static final int TIME_AT = 16;
  private static final int SECTION_AT = 32;
  private static final int SECTION_BYTES = 24;

  private final ByteBuffer bytes;

  private RecordBytes(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static RecordBytes read(Path record) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(record))) {
      return new RecordBytes(in.readAllBytes());
    }
  }

  void write(Path record) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes.array());
    }
    Files.write(record, packed.toByteArray());
  }

  /** Whether they hold a text somewhere. */
  boolean contain(String text) {
    // A byte a character, so that nothing is lost.
    return new String(bytes.array(), StandardCharsets.ISO_8859_1).contains(text);
  }

  /**
   * An output in an answer.
   *
   * @param at its place
   * @param instance the instance
   * @param timeFs simulation time
   */
  record Output(int at, int instance, long timeFs) {}

  /**
   * The first output that a session's answers have of an instance's spike.
   *
   * @param place of the session, from 1
   */
  Output firstSpike(int place) {
    int last = 0;
    int met = 0;
    for (int at = HEAD_BYTES; at < bytes.limit(); ) {
      int kind = bytes.getInt(at);
      int session = bytes.getInt(at + 4);
      int frame = at + CHUNK_HEAD_BYTES;
      if (session > last) {
        last = session;
        met++;
      }
      if (kind == REPLY
          && met == place
          && bytes.get(frame + TYPE_AT) == FrameType.FRAME_TYPE_ANSWER_VALUE) {
        int rows = bytes.getInt(frame + SECTION_AT + 4);
        boolean all = bytes.getInt(frame + SECTION_AT + 8) != 0;
        int list = frame + SECTION_AT + SECTION_BYTES;
        int outputs = list + (all ? 0 : (4 * rows + 7) / 8 * 8);
        for (int row = 0; row < rows; row++) {
          if (bytes.getDouble(outputs + 8 * row) == 1) {
            int instance = all ? row : bytes.getInt(list + 4 * row);
            return new Output(outputs + 8 * row, instance, bytes.getLong(frame + TIME_AT));
          }
        }
      }
      at = frame + bytes.getInt(at + 8);
    }
    throw new AssertionError("no spike in session " + place);
  }

  /** Adds the last bit to a number that does not have it. */
  void addLastBit(int at) {
    assertTrue((bytes.getLong(at) & 1) == 0);
    bytes.putLong(at, bytes.getLong(at) | 1);
  }
}
