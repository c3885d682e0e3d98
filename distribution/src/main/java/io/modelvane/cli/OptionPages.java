package io.modelvane.cli;

import io.modelvane.engine.config.OptionTables;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.LoadedPlugin;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ComponentFactory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of components in Markdown pages. What stands between {@code <!-- options:begin -->}
 * and {@code <!-- options:end -->} in the README of a plugin's folder is written anew with all that
 * the plugin offers; the markers of {@link OptionTables} name one component each, on any page.
 */
final class OptionPages {
  private static final String BEGIN = "<!-- options:begin -->";
  private static final String END = "<!-- options:end -->";
  private static final Pattern BLOCK =
      Pattern.compile(Pattern.quote(BEGIN) + "\n.*?" + Pattern.quote(END), Pattern.DOTALL);

  private final PluginCatalogue catalogue;
  private final OptionTables tables;

  OptionPages(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
    this.tables = new OptionTables(catalogue);
  }

  /** The Markdown files below a folder, but for what was built or is hidden. */
  static List<Path> below(Path root) throws IOException {
    List<Path> pages = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.equals(root) ? "" : String.valueOf(folder.getFileName());
            return name.equals("target") || name.startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              pages.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    pages.sort(Comparator.naturalOrder());
    return pages;
  }

  /** The text of a page with its tables as they should be. */
  String fill(Path page) throws IOException {
    String text = Files.readString(page);
    StringBuilder filled = new StringBuilder();
    Matcher block = BLOCK.matcher(text);
    int from = 0;
    while (block.find()) {
      filled.append(tables.fill(text.substring(from, block.start())));
      filled.append(BEGIN).append("\n\n").append(sections(pluginOf(page))).append(END);
      from = block.end();
    }
    return filled.append(tables.fill(text.substring(from))).toString();
  }

  /** All options of all components, and those of the configuration itself. */
  String reference() {
    StringBuilder text = new StringBuilder("# At the top\n\n").append(table("engine"));
    text.append("\n# Of a pipeline\n\n").append(table("pipeline"));
    for (LoadedPlugin plugin : catalogue.plugins()) {
      text.append("\n# Plugin ").append(plugin.id()).append("\n\n").append(sections(plugin));
    }
    return text.toString();
  }

  private LoadedPlugin pluginOf(Path page) {
    Path folder = page.toAbsolutePath().normalize().getParent();
    String start = "modelvane-" + (folder == null ? "" : folder.getFileName()) + "-";
    Optional<LoadedPlugin> owner =
        catalogue.plugins().stream()
            .filter(p -> p.file().map(f -> f.getFileName().toString()).orElse("").startsWith(start))
            .findFirst();
    return owner.orElseThrow(
        () ->
            new IllegalArgumentException(
                page + " has '" + BEGIN + "', but there is no plugin " + start + "*.jar"));
  }

  private String sections(LoadedPlugin plugin) {
    StringBuilder text = new StringBuilder();
    for (ComponentFactory<?, ?> factory : plugin.factories()) {
      String kind = ComponentKind.of(factory).text();
      text.append("### ")
          .append(kind.replace('_', ' '))
          .append(" `")
          .append(factory.type())
          .append("`\n\n")
          .append(factory.description())
          .append("\n\n")
          .append(table(kind + ":" + factory.type()))
          .append('\n');
    }
    return text.toString();
  }

  private String table(String marker) {
    String begin = "<!-- options:" + marker + " -->\n";
    String end = "<!-- /options -->";
    String filled = tables.fill(begin + end);
    return filled.substring(begin.length(), filled.length() - end.length()).strip() + "\n";
  }
}
