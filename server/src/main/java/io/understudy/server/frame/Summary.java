package io.understudy.server.frame;

import io.understudy.proto.v1.FrameType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to {@link Close}.
 *
 * @param banks in the order of their numbers
 */
public record Summary(List<BankSummary> banks) {
  public Summary {
    banks = List.copyOf(banks);
  }

  /** Encodes the frame. */
  public void encode(FrameBuffer frame, long sequence, long timeFs) {
    ByteBuffer bytes =
        frame.start(
            FrameType.FRAME_TYPE_SUMMARY_VALUE,
            sequence,
            timeFs,
            8 + (long) banks.size() * BankSummary.RECORD_BYTES);
    bytes.putInt(banks.size()).putInt(0);
    banks.forEach(bank -> bank.encode(bytes));
    frame.finish();
  }

  /** Decodes the frame. */
  public static Summary decode(ByteBuffer frame) {
    ByteBuffer bytes = FramePayload.begin(frame, FrameType.FRAME_TYPE_SUMMARY_VALUE);
    FramePayload.require(bytes, 8);
    int count = bytes.getInt();
    FramePayload.reserved(bytes);
    FramePayload.require(bytes, (long) count * BankSummary.RECORD_BYTES);
    List<BankSummary> banks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      banks.add(BankSummary.decode(bytes));
    }
    FramePayload.end(bytes);
    return new Summary(banks);
  }
}
