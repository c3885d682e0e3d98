package io.modelvane.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.modelvane.spi.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The habits of the house that a build can check. */
class HouseRulesTest {
  private static final DescribedPredicate<JavaClass> SPEAKS_TO_A_TERMINAL =
      resideInAnyPackage("io.modelvane.cli..", "io.modelvane.demo..", "io.modelvane.bench..");

  static List<String> plugins() {
    return Modules.plugins();
  }

  static List<String> modules() {
    return Modules.all();
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void aPluginHasOnePublicTypeWhichIsItsEntry(String module) {
    Set<String> entries = new TreeSet<>();
    Set<String> found = new TreeSet<>(); // by the ServiceLoader, which takes public types only
    Set<String> open = new TreeSet<>();
    for (JavaClass type : Modules.classes(module)) {
      if (type.isAssignableTo(Plugin.class)) {
        entries.add(type.getName());
      }
      if (type.isAssignableTo(Plugin.class) || type.isAssignableTo(ToolProvider.class)) {
        found.add(type.getName());
      }
      if (type.getModifiers().contains(JavaModifier.PUBLIC)
          && type.isTopLevelClass()
          && !isBetweenRooms(type)) {
        open.add(type.getName());
      }
    }
    assertThat(open).as("public types of " + module).isEqualTo(found);
    assertThat(entries).hasSizeLessThanOrEqualTo(1).allMatch(name -> name.endsWith("Plugin"));
  }

  /** The rooms of alerting are packages, so what they share must be public. */
  private static boolean isBetweenRooms(JavaClass type) {
    return type.getPackageName().startsWith("io.modelvane.alerting.")
        || type.getName().equals("io.modelvane.alerting.Aftermath");
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void whatAPluginKeepsToItselfIsFinal(String module) {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .allowEmptyShould(true)
        .check(Modules.classes(module));
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .that(DescribedPredicate.not(assignableTo("org.pf4j.PluginManager")))
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Manager|Base)")
        .because("a name such as Util hides a missing idea; PF4J's own word for its host stays")
        .check(Modules.product());
  }

  @Test
  void nobodyPrintsButTheCommandLine() {
    noClasses()
        .that(DescribedPredicate.not(SPEAKS_TO_A_TERMINAL))
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .because("an operator reads logs, which have a level and mask secrets")
        .check(Modules.product());
  }

  @Test
  void loggingGoesThroughThePlatformLoggerOrSlf4j() {
    GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(Modules.product());
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void aPluginTakesTheTimeFromItsContext(String module) {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .because("tests drive the clock, and replays must give the same answers")
        .allowEmptyShould(true)
        .check(Modules.classes(module));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyPackageSaysWhyItExistsAndIsNullMarked(String module) throws IOException {
    Path sources = Modules.root().resolve(module).resolve("src/main/java");
    for (Path folder : foldersWithClasses(sources)) {
      Path info = folder.resolve("package-info.java");
      assertThat(info).exists();
      assertThat(Files.readString(info)).as(info.toString()).contains("/**", "@NullMarked");
    }
  }

  private static Set<Path> foldersWithClasses(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
