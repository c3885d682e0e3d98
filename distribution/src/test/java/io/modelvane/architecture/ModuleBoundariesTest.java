package io.modelvane.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see whom between modules. */
class ModuleBoundariesTest {
  private static final String SPI = "io.modelvane.spi..";
  private static final String TOOLKIT = "io.modelvane.toolkit..";

  static List<String> plugins() {
    return Modules.plugins();
  }

  @Test
  void everyModuleIsFoundAndHasClasses() {
    assertThat(Modules.plugins()).contains("ingest-kafka", "sink-influx", "alerting");
    for (String module : Modules.plugins()) {
      assertThat(Modules.classes(module)).as(module).isNotEmpty();
    }
  }

  @Test
  void theSpiSeesTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(SPI)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(SPI, "java..", "org.jspecify.annotations..")
        .because("plugins compile against it, whatever libraries they and the engine use")
        .check(Modules.classes("core/spi"));
  }

  @Test
  void theEngineSeesOfOursTheSpiAlone() {
    seesOnly("core/engine", "io.modelvane.engine..", SPI);
  }

  @Test
  void theToolkitSeesOfOursTheSpiAlone() {
    seesOnly("core/toolkit", TOOLKIT, SPI);
  }

  @Test
  void theTestkitSeesOfOursTheSpiAlone() {
    seesOnly("core/testkit", "io.modelvane.testkit..", SPI);
  }

  @Test
  void theDemoUsesTheProductFromOutside() {
    seesOnly("demo", "io.modelvane.demo..");
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void aPluginSeesOfOursTheSpiAndTheToolkit(String module) {
    String own = Modules.classes(module).iterator().next().getPackageName();
    seesOnly(module, root(own), SPI, TOOLKIT);
  }

  /** The package of the plugin: {@code io.modelvane.X}, or below {@code notifier} one more. */
  private static String root(String own) {
    String[] parts = own.split("\\.", -1);
    boolean deeper = parts[2].equals("notifier");
    return String.join(".", List.of(parts).subList(0, deeper ? 4 : 3)) + "..";
  }

  @Test
  void thePluginsKnowNeitherPf4jNorGuiceNorMicrometer() {
    for (String module : Modules.plugins()) {
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.pf4j..", "com.google.inject..", "io.micrometer..")
          .because("a plugin needs nothing but the SPI to be found, wired and counted")
          .allowEmptyShould(true)
          .check(Modules.classes(module));
    }
  }

  @Test
  void theEngineKnowsNoSystemOutside() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "com.influxdb..", "okhttp3..", "jakarta.mail..")
        .because("everything that touches the outside world is a plugin")
        .check(Modules.classes("core/engine"));
  }

  private static void seesOnly(String module, String... packages) {
    DescribedPredicate<JavaClass> ours =
        JavaClass.Predicates.resideInAPackage("io.modelvane..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages)));
    noClasses()
        .should()
        .dependOnClassesThat(ours)
        .as(module + " sees of ours only " + String.join(", ", packages))
        .check(Modules.classes(module));
  }
}
