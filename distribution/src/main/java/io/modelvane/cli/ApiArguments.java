package io.modelvane.cli;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Glance;
import io.modelvane.engine.config.HttpOptions;
import io.modelvane.engine.config.Problem;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.engine.plugin.PluginHost;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which running Modelvane is meant, and what one shows it. */
final class ApiArguments {
  private static final URI USUAL = URI.create("http://127.0.0.1:9464");
  private static final String GROUP = "group-";
  private static final int SHOWN = 8;

  @Mixin private PluginArguments plugins = new PluginArguments();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Configuration of the running Modelvane: says where it listens, and has the token.")
  private List<Path> files = List.of();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where it listens (default: as configured, or http://127.0.0.1:9464).")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token, 'http.token' of its configuration.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--component",
      paramLabel = "NAME",
      description = "Which sink, when there are several of type alerting.")
  private @Nullable String component;

  private List<Problem> noToken = List.of();

  /** What a command does with a running Modelvane. */
  @FunctionalInterface
  interface Work {
    /** Does it; gives the exit code. */
    int with(ApiClient client) throws ApiFailure, InterruptedException;
  }

  /** Does the work, and says in words why it could not be done. */
  int run(PrintWriter err, Work work) throws InterruptedException {
    try {
      return work.with(client(err));
    } catch (ApiFailure failure) {
      return report(failure, err);
    }
  }

  /** Says why a running Modelvane did not do it; gives the exit code. */
  int report(ApiFailure failure, PrintWriter err) {
    err.println("modelvane: " + Words.line(String.valueOf(failure.getMessage())));
    if (failure.isRefusal()) {
      noToken.forEach(err::println);
    }
    return failure.exitCode();
  }

  List<Path> files() {
    return files;
  }

  PluginHost plugins(PrintWriter err) {
    return plugins.load(err);
  }

  ApiClient client(PrintWriter err) throws ApiFailure {
    Optional<HttpOptions> http = files.isEmpty() ? Optional.empty() : Optional.of(configured(err));
    Optional<String> token = Optional.empty();
    if (tokenFile != null) {
      token = Optional.of(read(tokenFile));
    } else if (url == null || http.isPresent()) {
      token = http.flatMap(HttpOptions::token).map(Secret::reveal);
    }
    return new ApiClient(address(http), token, Optional.ofNullable(component));
  }

  /** The token may be what only the service can read; much can be asked without it. */
  private HttpOptions configured(PrintWriter err) throws ApiFailure {
    if (tokenFile == null) {
      Glance whole = glance(Set.of("http"));
      if (whole.engine().isPresent()) {
        return whole.engine().get().http();
      }
      noToken = whole.problems();
    }
    Glance address = glance(Set.of("http.host", "http.port"));
    address.problems().forEach(err::println);
    return address
        .engine()
        .orElseThrow(() -> new ApiFailure(ExitCode.CONFIGURATION, "the configuration is not valid"))
        .http();
  }

  private Glance glance(Set<String> keys) {
    return new ConfigurationLoader(PluginCatalogue.of(new EnginePlugin()), System::getenv)
        .glance(files, keys);
  }

  private URI address(Optional<HttpOptions> http) throws ApiFailure {
    if (url != null) {
      return checked(url);
    } else if (http.isEmpty()) {
      return USUAL;
    } else if (http.get().port() == 0) {
      throw new ApiFailure(
          ExitCode.USAGE,
          "'http.port' is 0, any free one: say with --url where it listens, as its first line of"
              + " output does");
    }
    return URI.create("http://" + reachable(http.get().host()) + ":" + http.get().port());
  }

  /** An address that one can connect to: what listens on all addresses listens on this one. */
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::", "[::]" -> "[::1]";
      default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    };
  }

  private static URI checked(String text) throws ApiFailure {
    URI given;
    try {
      given = new URI(text);
    } catch (URISyntaxException none) {
      given = URI.create("none");
    }
    boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
    if (!http || given.getHost() == null) {
      throw new ApiFailure(
          ExitCode.USAGE, "--url has to be as http://127.0.0.1:9464, without a path");
    }
    return given;
  }

  private static String read(Path file) throws ApiFailure {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new ApiFailure(ExitCode.USAGE, "the token cannot be read from " + file);
    }
  }

  /**
   * An incident's id for people: how its series is named, and its last part, which tells it from
   * the others of the series. Commands take it as well as the whole.
   */
  static String shortId(String id) {
    int shown = id.startsWith(GROUP) ? GROUP.length() + SHOWN : SHOWN;
    int last = id.lastIndexOf('-');
    return last > shown ? id.substring(0, shown) + id.substring(last) : id;
  }
}
