package io.modelvane.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who does something, and why. */
final class RemarkArgument {
  @Mixin private AuthorArgument author = new AuthorArgument();

  @Option(names = "--comment", paramLabel = "TEXT", description = "Why.")
  private String comment = "";

  /** The same, with both in it. */
  ObjectNode into(ObjectNode body) {
    return body.put("author", author.name()).put("comment", comment);
  }
}
