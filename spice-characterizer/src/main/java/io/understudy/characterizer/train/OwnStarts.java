package io.understudy.characterizer.train;

import io.understudy.characterizer.dataset.DatasetRow;
import io.understudy.surrogate.compare.EventPair;
import io.understudy.surrogate.predict.Surrogate;
import java.util.List;

/**
 * Starts as a surrogate's closed loop has them on runs that it was not taught with: the errors that
 * it will meet in service, of their true size and kind. Where it has left the golden trajectory
 * altogether there is nothing to learn: such rows are left out.
 */
final class OwnStarts implements Starts {
  /** A state farther than that from the golden one is another trajectory's, in V. */
  private static final double LOST = 0.04;

  private final EventTable.Columns columns;
  private final double[][] states;
  private final double[] latencyS;

  private OwnStarts(EventTable table) {
    this.columns = table.columns();
    this.states = new double[table.rows().size()][];
    this.latencyS = new double[table.rows().size()];
  }

  /** Starts for all rows of a table, none known yet. */
  static OwnStarts of(EventTable table) {
    return new OwnStarts(table);
  }

  /**
   * Adds what a surrogate makes of a part of the table.
   *
   * @param table the table
   * @param part rows of the same table
   */
  void add(EventTable table, EventTable part, Surrogate surrogate) {
    List<EventPair> pairs =
        new SurrogateReplay(surrogate, columns).play(part, SurrogateReplay.Loop.CLOSED);
    java.util.Map<DatasetRow, Integer> index = new java.util.IdentityHashMap<>();
    for (int r = 0; r < table.rows().size(); r++) {
      index.put(table.rows().get(r), r);
    }
    for (int k = 0; k < pairs.size(); k++) {
      DatasetRow event = part.rows().get(k);
      int row = index.get(event);
      boolean first = k == 0 || part.rows().get(k - 1).run() != event.run();
      states[row] =
          first
              ? java.util.Arrays.copyOfRange(
                  event.values(), columns.states(), columns.states() + columns.stateWidth())
              : pairs.get(k - 1).predicted().states();
      latencyS[row] = pairs.get(k).predicted().latencyS();
    }
  }

  @Override
  public boolean states(int row, DatasetRow event, double[] into) {
    if (states[row] == null) {
      return false;
    }
    for (int k = 0; k < into.length; k++) {
      into[k] = states[row][k];
      if (Math.abs(into[k] - event.values()[columns.states() + k]) > LOST) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double latencyS(int row, DatasetRow event) {
    double golden = event.values()[columns.latency()];
    return Double.isNaN(golden) || Double.isNaN(latencyS[row]) ? golden : latencyS[row];
  }
}
