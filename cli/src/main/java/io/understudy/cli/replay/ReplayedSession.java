package io.understudy.cli.replay;

import io.understudy.cli.record.RecordedBank;
import io.understudy.cli.record.RecordedFrame;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.proto.v1.FrameType;
import io.understudy.server.client.FrameChannel;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.Opened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One session of a record, played again frame by frame to a server of its own. */
final class ReplayedSession implements AutoCloseable {
  private final int number;
  private final PrivateServer server;
  private final FrameChannel channel;
  private final List<OpenBank> banks = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private final FrameBuffer request = new FrameBuffer();
  private final FrameBuffer recorded = new FrameBuffer();

  /** The new answer to the last request; null once it was compared. */
  private FrameBuffer now;

  private boolean isOver;
  private boolean isClosed;
  private long answers;
  private long differing;
  private long unplayed;
  private Difference first;

  private ReplayedSession(int number, PrivateServer server, FrameChannel channel) {
    this.number = number;
    this.server = server;
    this.channel = channel;
  }

  /**
   * Connects to a server, which it closes with itself.
   *
   * @param number its place in the record, from 1
   * @param timeoutMs for each answer, in ms
   */
  static ReplayedSession begin(int number, PrivateServer server, long timeoutMs)
      throws IOException {
    try {
      return new ReplayedSession(number, server, FrameChannel.connect(server.address(), timeoutMs));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Notes what the record says of a bank that is not as it is now. */
  void changed(RecordedBank.Opening opening, String kind, String change) {
    changes.add(kind + opening.path() + ", " + opening.circuit() + ": " + change);
  }

  /** Sends a recorded request. */
  void request(byte[] frame) {
    if (isOver) {
      unplayed++;
      return;
    }
    RecordedFrame.read(frame, request);
    channel.send(request.bytes());
    now = channel.receive();
  }

  /** Compares the recorded answer to the last request with the new one. */
  void reply(byte[] frame) throws IOException {
    if (now == null) {
      return;
    }
    answers++;
    note();
    Difference difference = difference(frame);
    differing += difference == null ? 0 : 1;
    first = first == null ? difference : first;
    now = null;
    if (isOver) {
      close();
    }
  }

  private Difference difference(byte[] frame) {
    try {
      RecordedFrame.read(frame, recorded);
    } catch (FrameException e) {
      return new Difference(
          "", null, FrameHeader.timeFs(now.bytes()), "answer", e.getMessage(), "whole");
    }
    return ReplyDifference.first(recorded, now, banks);
  }

  /** Notes what the new answer means for those to come. */
  private void note() {
    switch (FrameHeader.type(now.bytes())) {
      case FrameType.FRAME_TYPE_OPENED_VALUE -> {
        int end = now.bytes().limit();
        banks.add(new OpenBank(Open.decode(request.bytes()), Opened.decode(now.bytes())));
        now.bytes().limit(end).position(0);
      }
      case FrameType.FRAME_TYPE_ERROR_VALUE, FrameType.FRAME_TYPE_SUMMARY_VALUE -> isOver = true;
      default -> {
        // The session goes on.
      }
    }
  }

  /** What came of it. */
  Result result() {
    return new Result(number, banks.size(), answers, differing, unplayed, changes, first);
  }

  /**
   * What came of a session.
   *
   * @param session its place in the record, from 1
   * @param banks how many it opened
   * @param answers answers that were compared
   * @param differing those that differ
   * @param unplayed recorded requests for which the session had ended
   * @param changes models and backends that are not the recorded ones
   * @param first the first difference; null for none
   */
  record Result(
      int session,
      int banks,
      long answers,
      long differing,
      long unplayed,
      List<String> changes,
      Difference first) {
    Result {
      changes = List.copyOf(changes);
    }

    /** Whether all is as it was recorded. */
    boolean isIdentical() {
      return differing == 0 && unplayed == 0 && changes.isEmpty();
    }
  }

  /** Closes the server; does nothing when that is done. */
  @Override
  public void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      channel.close();
      server.close();
    }
  }
}
