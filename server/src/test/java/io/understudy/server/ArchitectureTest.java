package io.understudy.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the parts of the server and its neighbours. */
@AnalyzeClasses(
    packages = {"io.understudy.server", "io.understudy.surrogate"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule sessionsAndFramesKnowNoTransport =
      noClasses()
          .that()
          .resideInAnyPackage("..server.session..", "..server.frame..", "..server.registry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "io.grpc..", "..server.transport..");

  @ArchTest
  static final ArchRule framesKnowNoSessions =
      noClasses()
          .that()
          .resideInAPackage("..server.frame..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..server.session..", "..server.registry..", "..surrogate.circuit..");

  @ArchTest
  static final ArchRule theClientNeedsNoServer =
      noClasses()
          .that()
          .resideInAPackage("..server.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..", "io.grpc..", "..server.session..", "..server.transport..");

  @ArchTest
  static final ArchRule theServerSeesNoCharacterizer =
      noClasses()
          .that()
          .resideInAPackage("io.understudy.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.understudy.characterizer..", "io.understudy.cli..");

  @ArchTest
  static final ArchRule surrogatesSeeNoServerAndNoFramework =
      noClasses()
          .that()
          .resideInAPackage("io.understudy.surrogate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.understudy.server..",
              "io.understudy.characterizer..",
              "io.understudy.cli..",
              "io.understudy.proto..",
              "io.netty..",
              "io.grpc..",
              "com.google.protobuf..");
}
