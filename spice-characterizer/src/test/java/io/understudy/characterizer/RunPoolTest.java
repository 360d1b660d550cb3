package io.understudy.characterizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPoolTest {
  @Test
  void keepsAllWorkersBusy() {
    int jobs = 4;
    // Nobody gets on before all have come: so many at once, or the test fails.
    CyclicBarrier all = new CyclicBarrier(jobs);
    List<Integer> results =
        RunPool.all(
            5 * jobs,
            jobs,
            run -> {
              all.await(30, TimeUnit.SECONDS);
              return run;
            },
            ProgressListener.NONE);
    assertEquals(IntStream.range(0, 5 * jobs).boxed().toList(), results);
  }

  @Test
  void beginsNoFurtherRunAfterAFailure() {
    AtomicInteger begun = new AtomicInteger();
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                RunPool.all(
                    100,
                    1,
                    run -> {
                      begun.incrementAndGet();
                      throw new IllegalStateException("run " + run);
                    },
                    ProgressListener.NONE));
    assertEquals("run 0", e.getMessage());
    assertEquals(1, begun.get());
  }
}
