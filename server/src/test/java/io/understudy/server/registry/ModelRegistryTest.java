package io.understudy.server.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.server.ListenAddress;
import io.understudy.server.ServerConfig;
import io.understudy.server.TestModels;
import io.understudy.server.UnderstudyServer;
import io.understudy.server.backend.surrogate.SurrogateBackend;
import io.understudy.server.client.ClientBank;
import io.understudy.server.client.CrossingClient;
import io.understudy.server.client.CrossingException;
import io.understudy.server.session.SessionListener;
import io.understudy.surrogate.circuit.CircuitFolder;
import io.understudy.surrogate.circuit.CircuitReader;
import io.understudy.surrogate.circuit.PredictorSpec.Moment;
import io.understudy.surrogate.circuit.PredictorSpec.Transform;
import io.understudy.surrogate.provenance.SurrogateManifest;
import io.understudy.surrogate.provenance.SurrogateManifest.TrainedPredictor;
import io.understudy.surrogate.provenance.SurrogatePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A models folder with a surrogate made of linear bases alone, and without one. */
@Timeout(60)
class ModelRegistryTest {
  private static final String NO_TREES =
      "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n"
          + "max_feature_idx=0\nobjective=regression\n\nend of trees\n";

  @TempDir private Path folder;
  private Path models;
  private Path row;

  @BeforeEach
  void copyCircuits() throws IOException {
    models = folder.resolve("models");
    row = models.resolve(TestModels.HELD);
    for (String name : List.of(TestModels.HELD, TestModels.PULSE)) {
      Files.createDirectories(models.resolve(name));
      for (String file : List.of(CircuitReader.FILE, "netlist.sp")) {
        Files.copy(
            TestModels.FOLDER.resolve(name).resolve(file), models.resolve(name).resolve(file));
      }
    }
  }

  @Test
  void loadsACircuitWithItsNewestSurrogate() throws IOException {
    writeSurrogate("9", hash(), 1);
    writeSurrogate("10", hash(), 2);
    ModelRegistry registry = ModelRegistry.load(models);
    assertEquals("10", registry.get(TestModels.HELD).surrogate().source().version());
    assertEquals(1, registry.entries().size());
  }

  @Test
  void picksUpAModelThatIsReplacedOnceItHasComeToRest() throws IOException {
    writeSurrogate("1", hash(), 1);
    try (ModelShelf shelf = ModelShelf.open(models, 3_600_000)) {
      ModelRegistry before = shelf.get();
      shelf.look();
      assertSame(before, shelf.get(), "nothing has changed");
      writeSurrogate("2", hash(), 2);
      shelf.look();
      assertSame(before, shelf.get(), "it may still be written");
      shelf.look();
      assertEquals("2", shelf.get().get(TestModels.HELD).surrogate().source().version());
      assertEquals("1", before.get(TestModels.HELD).surrogate().source().version());
    }
  }

  @Test
  void keepsAModelWhoseReplacementCannotBeLoaded() throws IOException {
    writeSurrogate("1", hash(), 1);
    try (ModelShelf shelf = ModelShelf.open(models, 3_600_000)) {
      Files.writeString(row.resolve(CircuitReader.FILE), "name: [");
      shelf.look();
      shelf.look();
      assertEquals("1", shelf.get().get(TestModels.HELD).surrogate().source().version());
    }
  }

  @Test
  void givesOpenSessionsTheModelsOfTheirBeginningAndNewOnesTheNewest() throws IOException {
    writeSurrogate("1", hash(), 1);
    ListenAddress address = new ListenAddress.Unix(folder.resolve("s"));
    try (ModelShelf shelf = ModelShelf.open(models, 3_600_000);
        UnderstudyServer server =
            UnderstudyServer.start(
                ServerConfig.of(models, address),
                shelf,
                new SurrogateBackend(),
                SessionListener.NONE);
        CrossingClient old = CrossingClient.connect(address, "old", 20_000)) {
      assertTrue(server.isReady());
      writeSurrogate("2", hash(), 2);
      shelf.look();
      shelf.look();
      try (CrossingClient young = CrossingClient.connect(address, "young", 20_000)) {
        assertEquals(2 * output(old), output(young), 1e-12);
      }
    }
  }

  private static double output(CrossingClient client) {
    ClientBank bank = client.open(TestModels.HELD, "tb.r", 1, "instance,w1\n0,1\n");
    bank.rows().reserveRows(1);
    bank.rows().rows = 1;
    bank.rows().inputs[0] = 0.25;
    client.step(0, List.of(bank));
    return bank.rows().output[0];
  }

  @Test
  void refusesACircuitThatALinkTakesFromOutsideTheFolder() throws IOException {
    writeSurrogate("1", hash(), 1);
    Path outside = folder.resolve("outside");
    Files.move(row, outside);
    Files.createSymbolicLink(row, outside);
    ModelRegistry registry = ModelRegistry.load(models);
    assertTrue(
        registry.refusals().get(TestModels.HELD).contains("outside the models folder"),
        registry.refusals().toString());
  }

  @Test
  void servesAnAnswerOfTheSurrogate() throws IOException {
    writeSurrogate("1", hash(), 0.5);
    ListenAddress address = new ListenAddress.Unix(folder.resolve("s"));
    ServerConfig config = ServerConfig.of(models, address);
    try (UnderstudyServer server = UnderstudyServer.start(config, SessionListener.NONE);
        CrossingClient client = CrossingClient.connect(address, "test", 20_000)) {
      assertEquals(1, server.models().entries().size());
      ClientBank bank = client.open(TestModels.HELD, "tb.r", 2, "instance,w1,w2\n1,1,-1\n");
      bank.rows().reserveRows(2);
      bank.rows().rows = 2;
      bank.rows().instance[1] = 1;
      bank.rows().inputs[0] = 0.25;
      bank.rows().inputs[1] = -0.125;
      client.step(0, List.of(bank));
      assertEquals(2, bank.rows().answers);
      assertEquals(0.5 * 0.375, bank.rows().output[1], 1e-12);
      assertEquals(1, client.finish(TestModels.HELD_PERIOD_FS).size());
    }
  }

  @Test
  void refusesACircuitWithoutSurrogateWithTheReason() throws IOException {
    writeSurrogate("1", hash(), 1);
    ModelRegistry registry = ModelRegistry.load(models);
    ModelException e = assertThrows(ModelException.class, () -> registry.get(TestModels.PULSE));
    assertTrue(
        e.getMessage().startsWith("circuit: pulse_cell cannot be served: ")
            && e.getMessage().endsWith("no version (expected: a trained surrogate)"),
        e.getMessage());
  }

  @Test
  void refusesASurrogateOfAnotherCircuitNamingBothHashes() throws IOException {
    writeSurrogate("1", hash(), 1);
    Files.writeString(row.resolve("netlist.sp"), "* changed\nr1 in1 out 2k\n");
    ListenAddress address = new ListenAddress.Unix(folder.resolve("s"));
    ServerConfig config = ServerConfig.of(models, address);
    try (UnderstudyServer server = UnderstudyServer.start(config, SessionListener.NONE);
        CrossingClient client = CrossingClient.connect(server.addresses().get(0), "test", 20_000)) {
      CrossingException e =
          assertThrows(CrossingException.class, () -> client.open(TestModels.HELD, "tb.r", 1, ""));
      String message = e.getMessage();
      assertTrue(message.startsWith("tb.r: circuit: held_row cannot be served: "), message);
      assertTrue(message.contains("(expected: " + hash()), message);
    }
  }

  @Test
  void refusesAFolderNamedOtherwise() throws IOException {
    Files.move(row, models.resolve("other"));
    ModelRegistry registry = ModelRegistry.loadCircuits(models);
    assertTrue(
        registry.refusals().get("other").contains("circuit: held_row (expected: other"),
        registry.refusals().toString());
  }

  @Test
  void keepsTheReasonOfADamagedDescription() throws IOException {
    Files.writeString(row.resolve(CircuitReader.FILE), "format: 1\ncircuit: [\n");
    ModelRegistry registry = ModelRegistry.loadCircuits(models);
    assertTrue(registry.refusals().containsKey(TestModels.HELD));
    assertEquals(1, registry.entries().size());
  }

  @Test
  void refusesAFolderWithoutCircuits() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    ModelException e = assertThrows(ModelException.class, () -> ModelRegistry.load(empty));
    assertTrue(e.getMessage().startsWith("models: " + empty), e.getMessage());
    Path missing = folder.resolve("missing");
    assertThrows(ModelException.class, () -> ModelRegistry.load(missing));
  }

  @Test
  void neverUsesANameAsAPath() {
    ModelRegistry registry = ModelRegistry.loadCircuits(models);
    for (String name :
        Stream.of("..", "../models/held_row", "held_row/", "/held_row", "").toList()) {
      assertThrows(ModelException.class, () -> registry.get(name), name);
    }
  }

  private String hash() {
    CircuitFolder circuit = CircuitReader.read(row);
    return circuit.sha256();
  }

  private void writeSurrogate(String version, String hash, double gain) throws IOException {
    List<TrainedPredictor> predictors =
        List.of(
            predictor(Moment.E1, "out", "row", 0, gain),
            predictor(Moment.E1, "latency", "row", 1e-9, 0),
            predictor(Moment.E1, "energy", "row", 1e-12, 0),
            predictor(Moment.E3, "energy", "periods", 0, 1e-13));
    Map<String, String> trees = new LinkedHashMap<>();
    predictors.forEach(p -> trees.put(p.trees(), NO_TREES));
    SurrogateManifest manifest =
        new SurrogateManifest(
            SurrogateManifest.FORMAT,
            TestModels.HELD,
            hash,
            new SurrogateManifest.Provenance(
                "2026-01-01", 1, 1, 1, 1, "ngspice", "default", "none", "00", "none"),
            Map.of(),
            predictors,
            Map.of("out", 0.01),
            null);
    new SurrogatePackage(version, manifest, trees)
        .write(row.resolve(SurrogatePackage.FOLDER).resolve(version));
  }

  private static TrainedPredictor predictor(
      Moment on, String target, String feature, double intercept, double slope) {
    return new TrainedPredictor(
        on,
        target,
        List.of(feature),
        Transform.NONE,
        false,
        1,
        0,
        new double[] {intercept, slope},
        on + "_" + target + ".txt.gz",
        new double[] {-10},
        new double[] {1e9},
        -10,
        10);
  }
}
