package io.understudy.cli.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.understudy.surrogate.event.BankTotals;
import org.junit.jupiter.api.Test;

/** What a layer's banks did, taken together. */
class LayerTallyTest {
  private static BankTotals totals(long e1, long e2, long e3, long outside) {
    BankTotals totals = new BankTotals();
    totals.e1 = e1;
    totals.e2 = e2;
    totals.e3 = e3;
    totals.outside = outside;
    return totals;
  }

  @Test
  void tellsTheShareOfEventsOutsideTheTrainedRangeOverAllBanks() {
    LayerTally tally = new LayerTally("layer");
    tally.closed(totals(10, 20, 10, 0));
    tally.closed(totals(20, 10, 10, 4));
    assertEquals(0.05, MnistReport.Layer.of(tally, 1).outsideShare());
  }

  @Test
  void knowsNoShareWithoutEvents() {
    assertNull(MnistReport.Layer.of(new LayerTally("layer"), 1).outsideShare());
  }
}
