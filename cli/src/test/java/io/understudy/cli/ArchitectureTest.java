package io.understudy.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** The arrows between the modules, as docs/ARCHITECTURE.md draws them. */
@AnalyzeClasses(packages = "io.understudy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String SURROGATE = "io.understudy.surrogate..";
  private static final String PROTO = "io.understudy.proto..";
  private static final String SERVER = "io.understudy.server..";
  private static final String CHARACTERIZER = "io.understudy.characterizer..";
  private static final String BENCHMARKS = "io.understudy.benchmarks..";
  private static final String CLI = "io.understudy.cli..";

  @ArchTest
  static final ArchRule surrogateSeesNoneOfOurs =
      neverSees(SURROGATE, PROTO, SERVER, CHARACTERIZER, BENCHMARKS, CLI);

  @ArchTest
  static final ArchRule protoSeesNoneOfOurs =
      neverSees(PROTO, SURROGATE, SERVER, CHARACTERIZER, BENCHMARKS, CLI);

  @ArchTest
  static final ArchRule serverSeesNoCharacterizerAndNoCli =
      neverSees(SERVER, CHARACTERIZER, BENCHMARKS, CLI);

  @ArchTest
  static final ArchRule characterizerSeesSurrogateAlone =
      neverSees(CHARACTERIZER, PROTO, SERVER, BENCHMARKS, CLI);

  @ArchTest static final ArchRule benchmarksSeeNoCli = neverSees(BENCHMARKS, CLI);

  @ArchTest
  static final ArchRule modulesFormNoCycle =
      SlicesRuleDefinition.slices().matching("io.understudy.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theCommandLineSpeaksToNoTransport =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "io.grpc..", "..server.transport..");

  /** A rule over classes that are not there would hold whatever they do. */
  @ArchTest
  static void looksAtEveryModule(JavaClasses classes) {
    for (String module : List.of(SURROGATE, PROTO, SERVER, CHARACTERIZER, BENCHMARKS, CLI)) {
      String name = module.substring(0, module.length() - 2);
      Assertions.assertTrue(
          classes.stream().anyMatch(c -> c.getPackageName().startsWith(name)), module);
    }
  }

  private static ArchRule neverSees(String module, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
