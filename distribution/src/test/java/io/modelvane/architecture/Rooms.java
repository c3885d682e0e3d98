package io.modelvane.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rooms of a module and the arrows between them: packages directly below one that may see all.
 *
 * @param module its classes
 * @param top the package above the rooms, which none of them sees
 * @param seams the interfaces of the top that rooms may know all the same
 * @param arrows for every room the other rooms it may see
 */
record Rooms(JavaClasses module, String top, Set<String> seams, Map<String, Set<String>> arrows) {
  void everyPackageIsARoom() {
    Set<String> found =
        module.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(top + "."))
            .map(name -> name.substring(top.length() + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(arrows.keySet()).as("rooms of " + top).containsAll(found);
  }

  void onlyTheseArrowsExist() {
    arrows.forEach(
        (room, seen) -> {
          Set<String> unseen = new TreeSet<>(arrows.keySet());
          unseen.removeAll(seen);
          unseen.remove(room);
          String[] packages =
              unseen.stream().map(other -> top + "." + other + "..").toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(top + "." + room + "..")
              .should()
              .dependOnClassesThat(resideInAnyPackage(packages).or(closedTop()))
              .as("room " + room + " of " + top + " sees no other room but " + seen)
              .allowEmptyShould(true)
              .check(module);
        });
  }

  private DescribedPredicate<JavaClass> closedTop() {
    return DescribedPredicate.describe(
        "the top",
        type -> type.getPackageName().equals(top) && !seams.contains(type.getSimpleName()));
  }

  void thereIsNoCycle() {
    slices()
        .matching(top + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(module);
  }
}
