package io.modelvane.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may see whom inside the engine. */
class EngineRoomsTest {
  private static final String TOP = "io.modelvane.engine";
  private static final Rooms ROOMS =
      new Rooms(
          Modules.classes("core/engine"),
          TOP,
          Set.of(),
          Map.of(
              "words", Set.of(),
              "plugin", Set.of("words"),
              "config", Set.of("plugin", "words"),
              "decode", Set.of(),
              "deadletter", Set.of("words"),
              "state", Set.of("words"),
              "observe", Set.of("words"),
              "pipeline", Set.of("config", "observe", "words")));

  @Test
  void everyPackageIsARoom() {
    ROOMS.everyPackageIsARoom();
  }

  @Test
  void aRoomSeesWhatItMayAndNothingElse() {
    ROOMS.onlyTheseArrowsExist();
  }

  @Test
  void thereIsNoCycle() {
    ROOMS.thereIsNoCycle();
  }

  @Test
  void pf4jStaysInItsRoom() {
    staysIn("org.pf4j..", TOP + ".plugin..");
  }

  @Test
  void yamlStaysInItsRoom() {
    staysIn("org.snakeyaml..", TOP + ".config..");
  }

  @Test
  void guiceStaysAtTheTop() {
    staysIn("com.google.inject..", TOP);
  }

  @Test
  void micrometerStaysAtTheTopAndWithTheObservers() {
    staysIn("io.micrometer..", TOP, TOP + ".observe..");
  }

  private static void staysIn(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(Modules.classes("core/engine"));
  }
}
