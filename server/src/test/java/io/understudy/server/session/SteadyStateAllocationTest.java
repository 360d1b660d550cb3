package io.understudy.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.understudy.proto.v1.FrameType;
import io.understudy.server.TestModels;
import io.understudy.server.frame.FrameHeader;
import io.understudy.server.frame.StepFrame;
import io.understudy.surrogate.event.StepRows;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** STEP in, evaluation, ANSWER out: nothing is allocated once the buffers have grown. */
class SteadyStateAllocationTest {
  private static final int FRAMES = 20_000;

  /** Room for what the virtual machine itself puts on the thread's account, over all frames. */
  private static final long TOLERANCE_BYTES = 4_096;

  private final SessionHarness harness = new SessionHarness().opened();
  private long timeFs;

  @Test
  void aSteadyStateAllocatesNothing() {
    StepRows some = new StepRows(1, false);
    some.reserveRows(3);
    some.rows = 3;
    some.instance[1] = 1;
    some.instance[2] = 3;
    StepRows all = new StepRows(3, true);
    all.reserveRows(2);
    all.rows = 2;
    StepFrame.start(harness.request, harness.sequence + 1, 0, 2);
    StepFrame.append(harness.request, 0, SessionHarness.PULSE, some);
    StepFrame.append(harness.request, 1, SessionHarness.HELD, all);
    harness.request.finish();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    answer(FRAMES);
    long before = threads.getThreadAllocatedBytes(thread);
    answer(FRAMES);
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    assertEquals(FrameType.FRAME_TYPE_ANSWER_VALUE, FrameHeader.type(harness.reply.bytes()));
    assertTrue(bytes <= TOLERANCE_BYTES, bytes + " bytes in " + FRAMES + " frames");
  }

  /** The same rows again and again; only sequence and time move on. */
  private void answer(int frames) {
    // A time that both banks' clocks have an edge at.
    long stepFs = TestModels.PULSE_PERIOD_FS * TestModels.HELD_PERIOD_FS / 1_000_000;
    for (int i = 0; i < frames; i++) {
      harness.request.bytes().putLong(8, ++harness.sequence).putLong(16, timeFs);
      harness.session.handle(harness.request, harness.reply);
      timeFs += stepFs;
    }
  }
}
