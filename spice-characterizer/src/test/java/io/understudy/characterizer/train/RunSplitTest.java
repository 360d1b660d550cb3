package io.understudy.characterizer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RunSplitTest {
  private static EventTable table(int runs) {
    List<DatasetRow> rows = new ArrayList<>();
    for (int k = 0; k < 5 * runs; k++) {
      rows.add(new DatasetRow(k / 5, k % 5, EventKind.E2, 1, new double[0]));
    }
    return new EventTable("table", null, rows, null);
  }

  @Test
  void givesEachRunToExactlyOnePart() {
    for (int runs : new int[] {3, 4, 7, 20, 101}) {
      RunSplit split = RunSplit.of(table(runs), 11);
      Set<Integer> all = new TreeSet<>(split.train());
      all.addAll(split.validation());
      all.addAll(split.test());
      assertEquals(runs, all.size());
      assertEquals(runs, split.train().size() + split.validation().size() + split.test().size());
    }
  }

  @Test
  void keepsTheProportions() {
    RunSplit split = RunSplit.of(table(100), 3);
    assertEquals(70, split.train().size());
    assertEquals(15, split.validation().size());
    assertEquals(15, split.test().size());
  }

  @Test
  void dependsOnTheSeedAlone() {
    assertEquals(RunSplit.of(table(50), 1), RunSplit.of(table(50), 1));
    assertNotEquals(RunSplit.of(table(50), 1), RunSplit.of(table(50), 2));
  }

  @Test
  void leavesARunsEventsTogether() {
    EventTable table = table(30);
    RunSplit split = RunSplit.of(table, 4);
    assertEquals(5 * split.test().size(), table.of(split.test()).rows().size());
  }
}
