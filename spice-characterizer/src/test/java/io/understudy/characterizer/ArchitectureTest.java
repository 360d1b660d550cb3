package io.understudy.characterizer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The way of the data is the only way that packages know each other. */
@AnalyzeClasses(
    packages = "io.understudy.characterizer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.understudy.characterizer.";

  @ArchTest
  static final ArchRule stimulusDeckNgspiceExtractDataset =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("stimulus")
          .definedBy(ROOT + "stimulus")
          .layer("deck")
          .definedBy(ROOT + "deck")
          .layer("ngspice")
          .definedBy(ROOT + "ngspice")
          .layer("extract")
          .definedBy(ROOT + "extract")
          .layer("dataset")
          .definedBy(ROOT + "dataset")
          .layer("runs")
          .definedBy("io.understudy.characterizer")
          .whereLayer("stimulus")
          .mayNotAccessAnyLayer()
          .whereLayer("deck")
          .mayOnlyAccessLayers("stimulus")
          .whereLayer("ngspice")
          .mayOnlyAccessLayers("deck")
          .whereLayer("extract")
          .mayOnlyAccessLayers("stimulus", "deck", "ngspice")
          .whereLayer("dataset")
          .mayOnlyAccessLayers("stimulus", "extract");

  @ArchTest
  static final ArchRule baselineAndEvaluateTrainReport =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("baseline")
          .definedBy(ROOT + "baseline")
          .layer("evaluate")
          .definedBy(ROOT + "evaluate")
          .layer("train")
          .definedBy(ROOT + "train")
          .layer("report")
          .definedBy(ROOT + "report")
          .whereLayer("evaluate")
          .mayNotAccessAnyLayer()
          .whereLayer("baseline")
          .mayOnlyAccessLayers("evaluate")
          .whereLayer("train")
          .mayOnlyAccessLayers("baseline", "evaluate");

  @ArchTest
  static final ArchRule libertyNeedsASurrogateAlone =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "liberty")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.understudy.characterizer..")
                  .and(not(resideInAPackage(ROOT + "liberty"))));
}
