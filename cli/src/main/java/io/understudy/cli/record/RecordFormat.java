package io.understudy.cli.record;

import java.nio.charset.StandardCharsets;

/**
 * The record of a co-simulation: a gzip stream that begins with {@link #MAGIC}, a version and a
 * zero, and goes on with chunks, each a kind, the session, the payload's length, and the payload.
 * All numbers are little-endian. The shim reads the frames alone.
 */
final class RecordFormat {
  static final byte[] MAGIC = "USRECORD".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int HEAD_BYTES = 16;
  static final int CHUNK_HEAD_BYTES = 12;

  /** A client's frame: {@link RecordedFrame}; zeros for the access token of HELLO. */
  static final int REQUEST = 1;

  /** The server's answer to it. */
  static final int REPLY = 2;

  /** A bank that opens, as JSON: {@link RecordedBank.Opening}. */
  static final int BANK = 3;

  /**
   * A complete event: u32 bank, instance, kind's ordinal and number of states; i64 step and
   * periods; f64 output, energy in J, latency in s (NaN for none), then the states at its end in V.
   */
  static final int EVENT = 4;

  private RecordFormat() {}
}
