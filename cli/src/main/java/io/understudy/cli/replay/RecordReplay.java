package io.understudy.cli.replay;

import io.understudy.cli.UsageException;
import io.understudy.cli.golden.BackendOption;
import io.understudy.cli.golden.GoldenBackend;
import io.understudy.cli.record.RecordFile;
import io.understudy.cli.record.RecordedBank;
import io.understudy.cli.simulate.PrivateServer;
import io.understudy.server.frame.FrameException;
import io.understudy.server.registry.ModelEntry;
import io.understudy.server.registry.ModelException;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.SessionListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a record again: each of its sessions to a server of its own, side by side where they
 * overlapped, each answer compared bit by bit with the recorded one.
 */
final class RecordReplay implements RecordFile.Chunks, AutoCloseable {
  private final Path models;
  private final GoldenBackend answers;
  private final BackendOption backend;
  private final int timeoutMs;
  private final Map<Integer, ReplayedSession> sessions = new LinkedHashMap<>();

  /** Null until there is something to be played: a file that is no record is refused before. */
  private ModelRegistry loaded;

  private RecordReplay(Path models, GoldenBackend answers, BackendOption backend, int timeoutMs) {
    this.models = models;
    this.answers = answers;
    this.backend = backend;
    this.timeoutMs = timeoutMs;
  }

  /**
   * Plays all sessions.
   *
   * @param models the models folder
   * @param answers made by {@code backend}
   * @param timeoutMs for each answer, in ms
   * @return what came of each, in the order in which they began
   * @throws UsageException when the file is no whole record
   */
  static List<ReplayedSession.Result> run(
      Path file, Path models, GoldenBackend answers, BackendOption backend, int timeoutMs)
      throws IOException {
    try (RecordReplay replay = new RecordReplay(models, answers, backend, timeoutMs)) {
      RecordFile.read(file, replay);
      return replay.sessions.values().stream().map(ReplayedSession::result).toList();
    } catch (FrameException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
  }

  private ReplayedSession session(int session) throws IOException {
    ReplayedSession known = sessions.get(session);
    if (known == null) {
      PrivateServer server = PrivateServer.start(models, loaded(), answers, SessionListener.NONE);
      known = ReplayedSession.begin(sessions.size() + 1, server, timeoutMs);
      sessions.put(session, known);
    }
    return known;
  }

  @Override
  public void bank(int session, RecordedBank.Opening opening) throws IOException {
    String version = version(opening.circuit());
    if (!version.equals(opening.version())) {
      String change = "surrogate " + opening.version() + " recorded, " + version + " now";
      session(session).changed(opening, "another model: ", change);
    }
    if (!backend.answersLike(opening.backend())) {
      String change = opening.backend() + " recorded, " + backend.kind() + " now";
      session(session).changed(opening, "another backend: ", change);
    }
  }

  private ModelRegistry loaded() {
    if (loaded == null) {
      loaded = ModelRegistry.load(models);
    }
    return loaded;
  }

  private String version(String circuit) {
    try {
      ModelEntry model = loaded().get(circuit);
      return String.valueOf(model.surrogate().source().version());
    } catch (ModelException e) {
      return "none";
    }
  }

  @Override
  public void event(int session, ByteBuffer event) {
    // The answers say it all.
  }

  @Override
  public void request(int session, byte[] frame) throws IOException {
    session(session).request(frame);
  }

  @Override
  public void reply(int session, byte[] frame) throws IOException {
    session(session).reply(frame);
  }

  @Override
  public void close() throws IOException {
    for (ReplayedSession session : sessions.values()) {
      session.close();
    }
  }
}
