package io.understudy.server.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.proto.v1.WireError;
import io.understudy.surrogate.event.StepRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each frame beside its bytes as docs/protocol.md lays them out, made without this code. */
class GoldenFrameTest {
  private static final BankShape PULSE = new BankShape("tb.n", 4, 1, false);
  private static final BankShape SHARED = new BankShape("tb.r", 2, 3, true);

  private static final SessionToken TOKEN =
      new SessionToken(0x1716151413121110L, 0x1f1e1d1c1b1a1918L);

  private final FrameBuffer frame = new FrameBuffer();
  private final Map<String, byte[]> golden = read();

  @Test
  void hello() {
    new Hello("vpi/icarus").encode(frame, 1);
    assertGolden("HELLO");
    assertEquals("vpi/icarus", Hello.decode(load("HELLO")).client());
  }

  @Test
  void welcome() {
    new Welcome(7, TOKEN, "understudy/0.1.0").encode(frame, 1);
    assertGolden("WELCOME");
    assertEquals(new Welcome(7, TOKEN, "understudy/0.1.0"), Welcome.decode(load("WELCOME")));
  }

  @Test
  void open() {
    Open open = new Open(4, "cell", "tb.n", "instance,bias\n0,0.5\n");
    open.encode(frame, 2);
    assertGolden("OPEN");
    assertEquals(open, Open.decode(load("OPEN")));
  }

  @Test
  void opened() {
    Opened opened =
        new Opened(
            1,
            true,
            true,
            true,
            4_000_000,
            0,
            0x0123456789abcdefL,
            List.of(new WirePort("in", 3, 8, true, false, 0.25, 0, -0.5, 0.5)),
            List.of(new WirePort("spike", 1, 1, false, true, 1, 0, 0, 1)));
    opened.encode(frame, 2);
    assertGolden("OPENED");
    assertEquals(opened, Opened.decode(load("OPENED")));
  }

  @Test
  void step() {
    StepRows some = new StepRows(1, false);
    some.reserveRows(3);
    some.rows = 3;
    System.arraycopy(new int[] {0, 2, 3}, 0, some.instance, 0, 3);
    System.arraycopy(new double[] {1.0, -2.0, 0.5}, 0, some.inputs, 0, 3);
    StepRows all = new StepRows(3, true);
    all.reserveRows(2);
    all.rows = 2;
    System.arraycopy(new double[] {0.5, 1.5, -1.0}, 0, all.inputs, 0, 3);
    StepFrame.start(frame, 4, 5_000_000, 2);
    StepFrame.append(frame, 0, PULSE, some);
    StepFrame.append(frame, 1, SHARED, all);
    frame.finish();
    assertGolden("STEP");

    StepFrame reader = new StepFrame();
    load("STEP");
    reader.begin(frame);
    StepRows readSome = new StepRows(1, false);
    StepRows readAll = new StepRows(3, true);
    assertEquals(2, reader.sections());
    assertEquals(0, reader.nextBank());
    reader.read(PULSE, readSome);
    assertEquals(1, reader.nextBank());
    reader.read(SHARED, readAll);
    reader.end();
    assertEquals(5_000_000, FrameHeader.timeFs(frame.bytes()));
    assertEquals(List.of(0, 2, 3), ints(readSome.instance, readSome.rows));
    assertEquals(-2.0, readSome.inputs[1]);
    assertEquals(List.of(0, 1), ints(readAll.instance, readAll.rows));
    assertEquals(-1.0, readAll.inputs[2]);
  }

  @Test
  void answer() {
    StepRows rows = new StepRows(1, false);
    rows.reserveAnswers(1);
    rows.answer(2, 1, 1_500_000, 2.0, 0.25, 1 | 8);
    AnswerFrame.start(frame, 4, 5_000_000, 1);
    AnswerFrame.append(frame, 0, 4, 2.5, rows);
    frame.finish();
    assertGolden("ANSWER");

    StepRows read = new StepRows(1, false);
    load("ANSWER");
    AnswerFrame.begin(frame, 1);
    assertEquals(2.5, AnswerFrame.read(frame, 0, PULSE, read));
    AnswerFrame.end(frame);
    assertEquals(1, read.answers);
    assertEquals(2, read.answered[0]);
    assertEquals(1.0, read.output[0]);
    assertEquals(1_500_000, read.delayFs[0]);
    assertEquals(2.0, read.eventEnergyJ[0]);
    assertEquals(0.25, read.idleEnergyJ[0]);
    assertEquals(9, read.flags[0]);
  }

  @Test
  void answerOfAllInstances() {
    StepRows rows = new StepRows(3, true);
    rows.reserveAnswers(2);
    rows.answer(0, 0.5, -1, 1.0, 0, 1);
    rows.answer(1, -0.5, 2, 1.0, 0, 2);
    AnswerFrame.start(frame, 5, 8_000_000, 1);
    AnswerFrame.append(frame, 1, 2, 4.0, rows);
    frame.finish();
    assertGolden("ANSWER_ALL");
  }

  @Test
  void close() {
    new Close(9_000_000).encode(frame, 5);
    assertGolden("CLOSE");
    assertEquals(new Close(9_000_000), Close.decode(load("CLOSE")));
  }

  @Test
  void summary() {
    Summary summary =
        new Summary(
            List.of(new BankSummary(0, 4, 3, 1, 2, 5, 6, 7, 2.5, 2.0, 0.5, 0.25, 1.5, 8, 9)));
    summary.encode(frame, 5, 9_000_000);
    assertGolden("SUMMARY");
    assertEquals(summary, Summary.decode(load("SUMMARY")));
  }

  @Test
  void error() {
    ErrorFrame error = new ErrorFrame(WireError.WIRE_ERROR_TIMING, "time: 1 fs (expected: 2)");
    error.encode(frame, 5, 1);
    assertGolden("ERROR");
    assertEquals(error, ErrorFrame.decode(load("ERROR")));
  }

  private void assertGolden(String name) {
    byte[] actual = new byte[frame.bytes().limit()];
    frame.bytes().get(0, actual);
    assertTrue(golden.containsKey(name), name);
    assertEquals(
        HexFormat.of().formatHex(golden.get(name)), HexFormat.of().formatHex(actual), name);
  }

  private ByteBuffer load(String name) {
    frame.bytes().clear();
    frame.reserve(golden.get(name).length);
    return frame.bytes().put(golden.get(name)).flip();
  }

  private static List<Integer> ints(int[] values, int count) {
    return Arrays.stream(values, 0, count).boxed().toList();
  }

  /** Frames by name: a line {@code = NAME}, then lines of hex; what follows # is for people. */
  private static Map<String, byte[]> read() {
    Path file = Path.of("src", "test", "resources", "frames", "golden.txt");
    try {
      Map<String, byte[]> frames = new LinkedHashMap<>();
      for (String part : Files.readString(file).split("(?m)^= ")) {
        int end = part.indexOf('\n');
        String hex =
            part.substring(end + 1)
                .lines()
                .map(line -> line.replaceAll("#.*", "").replace(" ", ""))
                .collect(Collectors.joining());
        if (!part.startsWith("#")) {
          frames.put(part.substring(0, end), HexFormat.of().parseHex(hex));
        }
      }
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
