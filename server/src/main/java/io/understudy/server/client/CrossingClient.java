package io.understudy.server.client;

import io.understudy.proto.v1.FrameType;
import io.understudy.server.ListenAddress;
import io.understudy.server.frame.AnswerFrame;
import io.understudy.server.frame.BankSummary;
import io.understudy.server.frame.Close;
import io.understudy.server.frame.ErrorFrame;
import io.understudy.server.frame.FrameBuffer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.Hello;
import io.understudy.server.frame.Open;
import io.understudy.server.frame.Opened;
import io.understudy.server.frame.StepFrame;
import io.understudy.server.frame.Summary;
import io.understudy.server.frame.Welcome;
import java.util.List;

/**
 * A session from the client's side: each call sends one request and waits, bounded, for its answer.
 * All of them throw {@link CrossingException} when the server refuses, is lost or does not answer
 * in time; the session is over then.
 *
 * <p>Not thread-safe.
 */
public final class CrossingClient implements AutoCloseable {
  private final FrameChannel channel;
  private final FrameBuffer request = new FrameBuffer();
  private final Welcome welcome;
  private long sequence;

  private CrossingClient(FrameChannel channel, String name) {
    this.channel = channel;
    new Hello(name).encode(request, ++sequence);
    this.welcome = Welcome.decode(exchange().bytes());
  }

  /**
   * Connects and says HELLO.
   *
   * @param name the client's name, for logs
   * @param timeoutMs for each wait, in ms
   */
  public static CrossingClient connect(ListenAddress address, String name, long timeoutMs) {
    FrameChannel channel = FrameChannel.connect(address, timeoutMs);
    try {
      return new CrossingClient(channel, name);
    } catch (RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** What the server said to HELLO. */
  public Welcome welcome() {
    return welcome;
  }

  /**
   * Opens a bank.
   *
   * @param circuit the circuit's name
   * @param path a name for the bank, for errors and reports
   * @param instances its instances
   * @param parameterTable CSV text, may be empty
   */
  public ClientBank open(String circuit, String path, int instances, String parameterTable) {
    new Open(instances, circuit, path, parameterTable).encode(request, ++sequence);
    return new ClientBank(Opened.decode(exchange().bytes()), path, instances);
  }

  /**
   * Sends the rows of the given banks for one time step and fills in their answers.
   *
   * @param timeFs simulation time in fs
   */
  public void step(long timeFs, List<ClientBank> banks) {
    StepFrame.start(request, ++sequence, timeFs, banks.size());
    for (int i = 0; i < banks.size(); i++) {
      ClientBank bank = banks.get(i);
      StepFrame.append(request, bank.opened().bank(), bank.shape(), bank.rows());
    }
    request.finish();
    FrameBuffer answer = exchange();
    AnswerFrame.begin(answer, banks.size());
    for (int i = 0; i < banks.size(); i++) {
      ClientBank bank = banks.get(i);
      bank.energyJ(AnswerFrame.read(answer, bank.opened().bank(), bank.shape(), bank.rows()));
    }
    AnswerFrame.end(answer);
  }

  /**
   * Ends the simulation and the session.
   *
   * @param timeFs the end in fs
   * @return what each bank did, in the order of their numbers
   */
  public List<BankSummary> finish(long timeFs) {
    new Close(timeFs).encode(request, ++sequence);
    List<BankSummary> banks = Summary.decode(exchange().bytes()).banks();
    close();
    return banks;
  }

  /** Drops the connection without a word. */
  @Override
  public void close() {
    channel.close();
  }

  private FrameBuffer exchange() {
    FrameBuffer answer;
    try {
      answer = sendAndReceive();
    } catch (FrameException e) {
      throw new CrossingException("server: " + e.getMessage());
    }
    if (FrameHeader.type(answer.bytes()) == FrameType.FRAME_TYPE_ERROR_VALUE) {
      ErrorFrame error = ErrorFrame.decode(answer.bytes());
      throw new CrossingException(error.code(), error.text());
    }
    if (FrameHeader.sequence(answer.bytes()) != sequence) {
      throw new CrossingException(
          "answer's sequence: "
              + FrameHeader.sequence(answer.bytes())
              + " (expected: "
              + sequence
              + ")");
    }
    return answer;
  }

  private FrameBuffer sendAndReceive() {
    try {
      channel.send(request.bytes());
    } catch (CrossingException lost) {
      // A server that refuses a frame may stop to read it; its ERROR says more than the loss.
      try {
        return channel.receive();
      } catch (CrossingException silent) {
        throw lost;
      }
    }
    return channel.receive();
  }
}
