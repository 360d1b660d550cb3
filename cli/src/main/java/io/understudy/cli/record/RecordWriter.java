package io.understudy.cli.record;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.session.BankListener;
import io.understudy.server.session.BankOpening;
import io.understudy.server.session.SessionEnding;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.event.BankTotals;
import io.understudy.surrogate.event.EventKind;
import io.understudy.surrogate.event.StepRows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes what crosses between simulators and a server into a record. */
public final class RecordWriter implements SessionListener, AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final SessionListener next;
  private final Map<String, String> versions;
  private final String backend;
  private final OutputStream out;
  private byte[] copy = new byte[BUFFER_BYTES];
  private ByteBuffer event = buffer(256);

  /**
   * Begins a record, in place of an older one.
   *
   * @param versions the surrogates' versions by circuit
   * @param backend what answers
   * @param next is told the same
   */
  public RecordWriter(Path file, Map<String, String> versions, String backend, SessionListener next)
      throws IOException {
    this.next = next;
    this.versions = Map.copyOf(versions);
    this.backend = backend;
    this.out =
        new BufferedOutputStream(
            new GZIPOutputStream(Files.newOutputStream(file), BUFFER_BYTES), BUFFER_BYTES);
    ByteBuffer head = buffer(RecordFormat.HEAD_BYTES);
    head.put(RecordFormat.MAGIC).putInt(RecordFormat.VERSION).putInt(0);
    out.write(head.array());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public BankListener opened(BankOpening opening) {
    BankListener after = next.opened(opening);
    RecordedBank.Opening bank =
        new RecordedBank.Opening(
            opening.bank(),
            opening.path(),
            opening.circuit().name(),
            versions.get(opening.circuit().name()),
            backend,
            opening.instances(),
            opening.parameters());
    try {
      byte[] json = bank.json();
      chunk(RecordFormat.BANK, opening.session(), json, json.length);
    } catch (IOException e) {
      throw new UncheckedIOException("record: " + e.getMessage(), e);
    }
    return new Events(opening.session(), opening.bank(), after);
  }

  @Override
  public void exchanged(long session, ByteBuffer request, ByteBuffer reply) {
    frame(RecordFormat.REQUEST, session, request);
    frame(RecordFormat.REPLY, session, reply);
    next.exchanged(session, request, reply);
  }

  private synchronized void frame(int kind, long session, ByteBuffer frame) {
    int bytes = frame.limit();
    if (copy.length < bytes) {
      copy = new byte[Math.max(bytes, 2 * copy.length)];
    }
    frame.get(0, copy, 0, bytes);
    if (kind == RecordFormat.REQUEST
        && RecordedFrame.type(copy) == FrameType.FRAME_TYPE_HELLO_VALUE) {
      bytes = RecordedFrame.eraseAccess(copy, bytes);
    }
    chunk(kind, session, copy, bytes);
  }

  private synchronized void chunk(int kind, long session, byte[] bytes, int length) {
    try {
      ByteBuffer head = buffer(RecordFormat.CHUNK_HEAD_BYTES);
      head.putInt(kind).putInt((int) session).putInt(length);
      out.write(head.array());
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException("record: " + e.getMessage(), e);
    }
  }

  @Override
  public void ended(long session, String client, SessionEnding ending, String reason) {
    next.ended(session, client, ending, reason);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  /** One bank's events. */
  private final class Events implements BankListener {
    private final long session;
    private final int bank;
    private final BankListener after;

    Events(long session, int bank, BankListener afterOrNull) {
      this.session = session;
      this.bank = bank;
      this.after = afterOrNull;
    }

    @Override
    public void event(
        int instance,
        long step,
        EventKind kind,
        long periods,
        double output,
        double energyJ,
        double latencyS,
        double[] states) {
      synchronized (RecordWriter.this) {
        int bytes = 56 + Double.BYTES * states.length;
        if (event.capacity() < bytes) {
          event = buffer(bytes);
        }
        event.clear();
        event.putInt(bank).putInt(instance).putInt(kind.ordinal()).putInt(states.length);
        event.putLong(step).putLong(periods).putDouble(output).putDouble(energyJ);
        event.putDouble(latencyS);
        for (double state : states) {
          event.putDouble(state);
        }
        chunk(RecordFormat.EVENT, session, event.array(), event.position());
      }
      if (after != null) {
        after.event(instance, step, kind, periods, output, energyJ, latencyS, states);
      }
    }

    @Override
    public void step(long period, StepRows rows) {
      if (after != null) {
        after.step(period, rows);
      }
    }

    @Override
    public void closed(BankTotals totals) {
      if (after != null) {
        after.closed(totals);
      }
    }
  }
}
