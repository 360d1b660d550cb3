package io.understudy.server;

import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.session.BankBackend;
import io.understudy.server.session.SessionHost;
import io.understudy.server.session.SessionListener;
import io.understudy.server.transport.grpc.ControlEndpoint;
import io.understudy.server.transport.netty.CrossingEndpoint;
import io.understudy.surrogate.predict.EvaluationCrew;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: models, sessions, and the endpoints that lead to them. */
public final class UnderstudyServer implements AutoCloseable {
  /** The server's name and version, as WELCOME gives it. */
  public static final String NAME = "understudy/0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(UnderstudyServer.class);

  private final ModelRegistry models;
  private final CrossingEndpoint crossings;
  private final ControlEndpoint control;
  private final EvaluationCrew crewOrNull;

  private UnderstudyServer(
      ModelRegistry models,
      CrossingEndpoint crossings,
      ControlEndpoint control,
      EvaluationCrew crewOrNull) {
    this.crewOrNull = crewOrNull;
    this.models = models;
    this.crossings = crossings;
    this.control = control;
  }

  /**
   * Loads the models and starts to serve them with their surrogates.
   *
   * @param listener watches the sessions; {@link SessionListener#NONE} for none
   * @throws ServerException when an address cannot be had
   * @throws io.understudy.server.registry.ModelException when the models folder cannot be read
   */
  public static UnderstudyServer start(ServerConfig config, SessionListener listener) {
    ModelRegistry models = ModelRegistry.load(config.models());
    EvaluationCrew crew = new EvaluationCrew(Runtime.getRuntime().availableProcessors());
    try {
      return start(config, models, new SurrogateBackend(crew), listener, crew);
    } catch (RuntimeException e) {
      crew.close();
      throw e;
    }
  }

  /**
   * Starts to serve.
   *
   * @param models the circuits; the configuration's folder is not read again
   * @param backend what answers
   * @param listener watches the sessions; {@link SessionListener#NONE} for none
   * @throws ServerException when an address cannot be had
   */
  public static UnderstudyServer start(
      ServerConfig config, ModelRegistry models, BankBackend backend, SessionListener listener) {
    return start(config, models, backend, listener, null);
  }

  private static UnderstudyServer start(
      ServerConfig config,
      ModelRegistry models,
      BankBackend backend,
      SessionListener listener,
      EvaluationCrew crewOrNull) {
    SessionHost host = new SessionHost(NAME, models, backend, listener, config.limits());
    CrossingEndpoint crossings = CrossingEndpoint.start(host, config);
    ControlEndpoint control = null;
    try {
      if (config.grpc().isPresent()) {
        control = ControlEndpoint.start(config.grpc().get(), models);
      }
    } catch (RuntimeException e) {
      crossings.close();
      throw e;
    }
    UnderstudyServer server = new UnderstudyServer(models, crossings, control, crewOrNull);
    LOG.info(
        "event=serving addresses={} grpc={}",
        server.addresses(),
        server.grpcAddress().orElse(null));
    return server;
  }

  /** Where crossings are served, with the ports that the system chose. */
  public List<ListenAddress> addresses() {
    return crossings.addresses();
  }

  /** Where the control plane is served. */
  public Optional<ListenAddress.Tcp> grpcAddress() {
    return Optional.ofNullable(control).map(ControlEndpoint::address);
  }

  /** What is served. */
  public ModelRegistry models() {
    return models;
  }

  /** Sessions whose connection is open. */
  public int openSessions() {
    return crossings.openSessions();
  }

  /** Ends all sessions and frees the addresses; takes a bounded time. */
  @Override
  public void close() {
    if (control != null) {
      control.close();
    }
    crossings.close();
    if (crewOrNull != null) {
      crewOrNull.close();
    }
    LOG.info("event=stopped");
  }
}
