package io.modelvane.engine.config;

import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Binds options from YAML text, for tests of what they configure. */
public final class Options {
  private Options() {}

  @SuppressWarnings("NullAway") // it does not see that the lookup may answer null
  public static <R extends Record> R read(Class<R> type, String yaml) {
    ProblemList problems = new ProblemList();
    Binder binder = new Binder(new Placeholders(name -> null), problems, new Redactor());
    MappingNode node = (MappingNode) YamlFiles.compose("test", yaml).orElseThrow();
    R options = binder.record(type, node, "", Set.of());
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.sorted().toString());
    }
    return Objects.requireNonNull(options);
  }
}
