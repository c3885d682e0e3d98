package io.modelvane.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who says it. */
final class AuthorArgument {
  @Option(names = "--author", paramLabel = "NAME", description = "Who (default: the user).")
  private @Nullable String author;

  /** Who is at the keyboard, unless told otherwise. */
  String name() {
    return author == null ? System.getProperty("user.name", "unknown") : author;
  }
}
