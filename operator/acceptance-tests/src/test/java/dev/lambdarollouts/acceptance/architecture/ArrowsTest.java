package dev.lambdarollouts.acceptance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who may know whom; the reasons stand in the modules' package-info. */
class ArrowsTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.lambdarollouts");

  @Test
  void theEngineIsPlainJava() {
    ArchRule rule =
        classes()
            .that()
            .resideInAPackage("dev.lambdarollouts.engine..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("dev.lambdarollouts.engine..", "java..", "org.jspecify.."));
    rule.check(OURS);
  }

  @Test
  void theEngineReadsNoClock() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.lambdarollouts.engine..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..");
    rule.check(OURS);
  }

  @Test
  void rulesCallNoPort() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.lambdarollouts.engine.decide..",
                "dev.lambdarollouts.engine.fact..",
                "dev.lambdarollouts.engine.plan..",
                "dev.lambdarollouts.engine.progress..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lambdarollouts.engine.port..");
    rule.check(OURS);
  }

  @Test
  void onlyTheGatewaySeesTheAwsSdk() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.lambdarollouts.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");
    rule.check(OURS);
  }

  @Test
  void onlyTheControllersSeeJosdk() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.lambdarollouts.controllers..", "dev.lambdarollouts.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk..");
    rule.check(OURS);
  }

  @Test
  void theGatewayKnowsTheEngineAlone() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.lambdarollouts.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.lambdarollouts.controllers..",
                "dev.lambdarollouts.crds..",
                "dev.lambdarollouts.app..",
                "io.fabric8..");
    rule.check(OURS);
  }

  @Test
  void theControllersKnowNeitherGatewayNorApp() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.lambdarollouts.controllers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.lambdarollouts.aws..", "dev.lambdarollouts.app..");
    rule.check(OURS);
  }

  @Test
  void engineAndCustomResourcesDoNotKnowEachOther() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.lambdarollouts.crds..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lambdarollouts.engine..");
    rule.check(OURS);
  }

  @Test
  void simulatorAndTestClusterKnowNothingOfOurs() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.lambdarollouts.simulator..", "dev.lambdarollouts.testcluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.lambdarollouts.engine..",
                "dev.lambdarollouts.aws..",
                "dev.lambdarollouts.crds..",
                "dev.lambdarollouts.controllers..",
                "dev.lambdarollouts.app..");
    rule.check(OURS);
  }

  @Test
  void timeIsReadFromTheTimeSource() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage("dev.lambdarollouts.controllers..", "dev.lambdarollouts.aws..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
    rule.check(OURS);
  }
}
