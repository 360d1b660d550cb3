package io.understudy.cli.replay;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of replaying a record, for people and as JSON.
 *
 * @param record the record
 * @param backend what answered now
 * @param identical whether all is as it was recorded
 * @param sessions each session
 */
record RecordReplayReport(
    String record, String backend, boolean identical, List<ReplayedSession.Result> sessions) {
  static RecordReplayReport of(Path file, String backend, List<ReplayedSession.Result> sessions) {
    return new RecordReplayReport(
        file.toString(),
        backend,
        sessions.stream().allMatch(ReplayedSession.Result::isIdentical),
        sessions);
  }

  void print(PrintStream out) {
    for (ReplayedSession.Result session : sessions) {
      out.printf(
          "session %d: %d banks, %d answers, %s%n",
          session.session(),
          session.banks(),
          session.answers(),
          session.differing() == 0 ? "all as recorded" : session.differing() + " differing");
      session.changes().forEach(change -> out.println("  " + change));
      if (session.first() != null) {
        out.println("  first difference: " + session.first().text());
      }
      if (session.unplayed() > 0) {
        out.println("  ended before the last " + session.unplayed() + " requests of the record");
      }
    }
    out.println(identical ? "identical" : "DIFFERENT");
  }
}
