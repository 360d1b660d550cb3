package io.understudy.server.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.surrogate.event.StepRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** What is written is read back, however it comes in pieces; what is damaged is refused. */
class FramePropertiesTest {
  @Property(tries = 200, seed = "1")
  void stepsAndAnswersAreReadBackAsWritten(
      @ForAll @IntRange(min = 1, max = 300) int instances,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll boolean shared,
      @ForAll @IntRange(min = 0, max = 1000) int density,
      @ForAll long seed) {
    Random random = new Random(seed);
    BankShape shape = new BankShape("bank", instances, width, shared);
    StepRows sent = rows(random, shape, density);
    FrameBuffer frame = new FrameBuffer();
    StepFrame.start(frame, 3, 77, 2);
    StepFrame.append(frame, 5, shape, sent);
    StepFrame.append(frame, 6, shape, sent);
    frame.finish();

    StepFrame reader = new StepFrame();
    reader.begin(frame);
    StepRows got = new StepRows(width, shared);
    assertEquals(5, reader.nextBank());
    reader.read(shape, got);
    assertEquals(6, reader.nextBank());
    reader.read(shape, got);
    reader.end();
    assertEquals(sent.rows, got.rows);
    assertArrayEquals(head(sent.instance, sent.rows), head(got.instance, got.rows));
    int values = (int) shape.inputValues(sent.rows);
    assertArrayEquals(Arrays.copyOf(sent.inputs, values), Arrays.copyOf(got.inputs, values), 0.0);

    answerInto(random, sent);
    AnswerFrame.start(frame, 3, 77, 2);
    AnswerFrame.append(frame, 5, instances, 0.5, sent);
    AnswerFrame.append(frame, 6, instances, 0.75, sent);
    frame.finish();
    AnswerFrame.begin(frame, 2);
    assertEquals(0.5, AnswerFrame.read(frame, 5, shape, got));
    assertEquals(0.75, AnswerFrame.read(frame, 6, shape, got));
    AnswerFrame.end(frame);
    int n = sent.answers;
    assertEquals(n, got.answers);
    assertArrayEquals(head(sent.answered, n), head(got.answered, n));
    assertArrayEquals(Arrays.copyOf(sent.output, n), Arrays.copyOf(got.output, n), 0.0);
    assertArrayEquals(Arrays.copyOf(sent.delayFs, n), Arrays.copyOf(got.delayFs, n));
    assertArrayEquals(Arrays.copyOf(sent.eventEnergyJ, n), Arrays.copyOf(got.eventEnergyJ, n), 0);
    assertArrayEquals(Arrays.copyOf(sent.idleEnergyJ, n), Arrays.copyOf(got.idleEnergyJ, n), 0);
    assertArrayEquals(head(sent.flags, n), head(got.flags, n));
  }

  @Property(tries = 100, seed = "2")
  void textsAreReadBackAsWritten(
      @ForAll @StringLength(max = 200) String name,
      @ForAll @StringLength(max = 200) String path,
      @ForAll @StringLength(max = 2000) String table) {
    // Unpaired surrogates have no UTF-8; what stands for them is read back.
    Open open = new Open(3, clean(name), clean(path), clean(table));
    FrameBuffer frame = new FrameBuffer();
    open.encode(frame, 2);
    assertEquals(open, Open.decode(frame.bytes()));
  }

  @Property(tries = 200, seed = "3")
  void anAssemblerFindsTheFramesInAnyPieces(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5000) int most) {
    Random random = new Random(seed);
    FrameBuffer frame = new FrameBuffer();
    ByteBuffer stream = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    int[] sizes = new int[8];
    for (int i = 0; i < sizes.length; i++) {
      new Hello("x".repeat(random.nextInt(12_000))).encode(frame, i + 1);
      sizes[i] = frame.bytes().limit();
      stream.put(frame.bytes());
    }
    stream.flip();
    FrameAssembler assembler = new FrameAssembler();
    int found = 0;
    while (stream.hasRemaining()) {
      int piece = Math.min(1 + random.nextInt(most), stream.remaining());
      while (piece > 0) {
        ByteBuffer room = assembler.room(piece);
        int count = room.remaining();
        assertTrue(count > 0 && count <= piece);
        room.put(stream.slice(stream.position(), count));
        stream.position(stream.position() + count);
        piece -= count;
        if (assembler.advance()) {
          assertEquals(sizes[found], assembler.frame().bytes().limit());
          assertEquals(++found, FrameHeader.sequence(assembler.frame().bytes()));
          assembler.clear();
        }
      }
    }
    assertEquals(sizes.length, found);
  }

  @Property(tries = 2000, seed = "4")
  void aDamagedStepIsReadOrRefusedByName(@ForAll long seed) {
    Random random = new Random(seed);
    BankShape shape = new BankShape("bank", 20, 2, false);
    FrameBuffer frame = new FrameBuffer();
    StepFrame.start(frame, 3, 77, 1);
    StepFrame.append(frame, 0, shape, rows(random, shape, 500));
    frame.finish();
    ByteBuffer bytes = frame.bytes();
    for (int i = 0; i < 3; i++) {
      bytes.put(24 + random.nextInt(bytes.limit() - 24), (byte) random.nextInt());
    }
    bytes.limit(24 + random.nextInt(bytes.limit() - 23));
    try {
      StepFrame reader = new StepFrame();
      StepRows rows = new StepRows(2, false);
      reader.begin(frame);
      for (int i = 0; i < reader.sections(); i++) {
        reader.nextBank();
        reader.read(shape, rows);
      }
      reader.end();
      assertTrue(rows.rows <= 20);
    } catch (FrameException e) {
      assertTrue(e.getMessage().contains("(expected: "), e.getMessage());
    }
  }

  private static StepRows rows(Random random, BankShape shape, int density) {
    StepRows rows = new StepRows(shape.inputWidth(), shape.sharedInputs());
    rows.reserveRows(shape.instances());
    for (int i = 0; i < shape.instances(); i++) {
      if (random.nextInt(1000) < density) {
        rows.instance[rows.rows++] = i;
      }
    }
    for (int i = 0; i < rows.inputs.length; i++) {
      rows.inputs[i] = random.nextGaussian();
    }
    return rows;
  }

  private static void answerInto(Random random, StepRows rows) {
    rows.reserveAnswers(rows.rows);
    for (int i = 0; i < rows.rows; i++) {
      rows.answer(
          rows.instance[i],
          random.nextGaussian(),
          random.nextLong(),
          random.nextDouble(),
          random.nextDouble(),
          random.nextInt(64));
    }
  }

  private static int[] head(int[] values, int count) {
    return Arrays.copyOf(values, count);
  }

  private static String clean(String text) {
    return new String(FramePayload.utf8(text), StandardCharsets.UTF_8);
  }
}
