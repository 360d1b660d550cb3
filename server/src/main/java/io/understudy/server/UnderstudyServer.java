package io.understudy.server;

import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.metrics.MetricsEndpoint;
import io.understudy.server.metrics.ServerMetrics;
import io.understudy.server.registry.ModelRegistry;
import io.understudy.server.registry.ModelShelf;
import io.understudy.server.session.BankBackend;
import io.understudy.server.session.SessionClaims;
import io.understudy.server.session.SessionHost;
import io.understudy.server.session.SessionListener;
import io.understudy.server.transport.Reception;
import io.understudy.server.transport.grpc.ControlEndpoint;
import io.understudy.server.transport.netty.CrossingEndpoint;
import io.understudy.surrogate.predict.EvaluationCrew;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: models, sessions, and the endpoints that lead to them. */
public final class UnderstudyServer implements AutoCloseable {
  /** The server's name and version, as WELCOME gives it. */
  public static final String NAME = "understudy/0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(UnderstudyServer.class);
  private static final int MODEL_POLL_MS = 1_000;
  private static final long DRAIN_POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ServerConfig config;
  private final Supplier<ModelRegistry> models;
  private final ServerMetrics metrics = new ServerMetrics();
  private final Reception reception;
  private CrossingEndpoint crossings;
  private ControlEndpoint control;
  private MetricsEndpoint scraped;
  private EvaluationCrew crewOrNull;
  private volatile boolean ready;

  private UnderstudyServer(
      ServerConfig config,
      Supplier<ModelRegistry> models,
      BankBackend backend,
      SessionListener listener) {
    this.config = config;
    this.models = models;
    SessionHost host =
        new SessionHost(
            NAME, models.get(), backend, listener, config.limits(), metrics, new SessionClaims());
    this.reception = new Reception(host, models, config.serving(), config.access().token());
    metrics.watch(reception::openSessions, () -> models.get().entries().size());
  }

  /**
   * Loads the models and starts to serve them with their surrogates. A model that is replaced on
   * disk is there for the sessions to come.
   *
   * @param listener watches the sessions; {@link SessionListener#NONE} for none
   * @throws ServerException when an address cannot be had
   * @throws io.understudy.server.access.AccessException when an address must not be served so
   * @throws io.understudy.server.registry.ModelException when the models folder cannot be read
   */
  public static UnderstudyServer start(ServerConfig config, SessionListener listener) {
    ModelShelf shelf = ModelShelf.open(config.models(), MODEL_POLL_MS);
    EvaluationCrew crew = new EvaluationCrew(Runtime.getRuntime().availableProcessors());
    try {
      UnderstudyServer server = start(config, shelf, new SurrogateBackend(crew), listener);
      server.crewOrNull = crew;
      return server;
    } catch (RuntimeException e) {
      shelf.close();
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
    return start(config, () -> models, backend, listener);
  }

  /**
   * The same with circuits that may change.
   *
   * @param models the circuits as they are now; closed with the server if it can be
   */
  public static UnderstudyServer start(
      ServerConfig config,
      Supplier<ModelRegistry> models,
      BankBackend backend,
      SessionListener listener) {
    UnderstudyServer server = new UnderstudyServer(config, models, backend, listener);
    try {
      server.open();
    } catch (RuntimeException e) {
      server.closeEndpoints();
      throw e;
    }
    return server;
  }

  private void open() {
    crossings = CrossingEndpoint.start(reception, config);
    if (config.grpc().isPresent()) {
      control = ControlEndpoint.start(config.grpc().get(), models, reception, config.access());
    }
    if (config.metrics().isPresent()) {
      scraped = MetricsEndpoint.start(config.metrics().get(), metrics, this::isReady);
    }
    ready = true;
    LOG.info(
        "event=serving addresses={} grpc={} metrics={}",
        addresses(),
        grpcAddress().orElse(null),
        metricsAddress().orElse(null));
  }

  /** Whether models are loaded and new sessions are taken. */
  public boolean isReady() {
    return ready && !models.get().entries().isEmpty();
  }

  /** Where crossings are served, with the ports that the system chose. */
  public List<ListenAddress> addresses() {
    return crossings.addresses();
  }

  /** Where gRPC is served. */
  public Optional<ListenAddress.Tcp> grpcAddress() {
    return Optional.ofNullable(control).map(ControlEndpoint::address);
  }

  /** Where metrics are served. */
  public Optional<ListenAddress.Tcp> metricsAddress() {
    return Optional.ofNullable(scraped).map(MetricsEndpoint::address);
  }

  /** What is served. */
  public ModelRegistry models() {
    return models.get();
  }

  /** Sessions whose connection is open. */
  public int openSessions() {
    return reception.openSessions();
  }

  /**
   * Refuses new sessions, has frames in work answered, and closes their connections: a client
   * resumes its session elsewhere. Takes at most the configured time.
   *
   * @return whether all sessions have left
   */
  public boolean drain() {
    ready = false;
    reception.drain();
    LOG.info("event=draining sessions={}", openSessions());
    crossings.drain();
    if (control != null) {
      control.drain();
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.serving().drainTimeoutMs());
    while (openSessions() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(DRAIN_POLL_NS);
    }
    return openSessions() == 0;
  }

  /** Ends all sessions and frees the addresses; takes a bounded time. */
  @Override
  public void close() {
    drain();
    closeEndpoints();
    LOG.info("event=stopped");
  }

  private void closeEndpoints() {
    if (control != null) {
      control.close();
    }
    if (crossings != null) {
      crossings.close();
    }
    if (scraped != null) {
      scraped.close();
    }
    if (models instanceof ModelShelf shelf) {
      shelf.close();
    }
    if (crewOrNull != null) {
      crewOrNull.close();
    }
  }
}
