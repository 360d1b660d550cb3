package io.understudy.cli.record;

import java.util.List;

/**
 * A session as a record has it.
 *
 * @param number its place among the record's sessions, from 1
 * @param banks in the order in which they were opened
 */
public record RecordedSession(int number, List<RecordedBank> banks) {
  public RecordedSession {
    banks = List.copyOf(banks);
  }
}
