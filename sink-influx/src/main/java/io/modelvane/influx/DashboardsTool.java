package io.modelvane.influx;

import com.influxdb.client.domain.Organization;
import com.influxdb.exceptions.InfluxException;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.spi.ToolProvider;

/**
 * The tool {@code dashboards}, found by the command line in the plugin's jar. {@code print} prints
 * the template; {@code install} takes the options of a sink as {@code --name=value}, which the
 * command line fills from the configuration. None of them is printed.
 */
public final class DashboardsTool implements ToolProvider {
  private static final int FAILED = 1;
  private static final int USAGE = 64;
  private static final int CONFIGURATION = 78;

  /** Found by the service loader. */
  public DashboardsTool() {}

  @Override
  public String name() {
    return "dashboards";
  }

  @Override
  public int run(PrintWriter out, PrintWriter err, String... arguments) {
    String action = arguments.length == 0 ? "help" : arguments[0];
    switch (action) {
      case "print" -> out.print(DashboardTemplate.text());
      case "help" -> help(out);
      case "install" -> {
        return install(out, err, options(arguments));
      }
      default -> {
        err.println("modelvane: dashboards knows install, print and help, not '" + action + "'");
        return USAGE;
      }
    }
    out.flush();
    return 0;
  }

  private static void help(PrintWriter out) {
    out.println("modelvane dashboards install -c FILE [--sink NAME]");
    out.println(
        "    Put bucket, variables and dashboard into the InfluxDB 2 of a sink 'influxdb'.");
    out.println("    Again changes nothing. The token needs to read and write dashboards,");
    out.println("    variables and buckets.");
    out.println("modelvane dashboards print");
    out.println("    Print the template, for 'influx apply -f FILE'.");
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      if (arguments[i].startsWith("--") && equals > 2) {
        options.put(arguments[i].substring(2, equals), arguments[i].substring(equals + 1));
      }
    }
    return options;
  }

  private static int install(PrintWriter out, PrintWriter err, Map<String, String> given) {
    if (!given.containsKey("url") || !given.containsKey("bucket") || !given.containsKey("org")) {
      err.println("modelvane: dashboards need a sink with url, org and bucket; give -c FILE");
      return USAGE;
    }
    if (!given.getOrDefault("api", "v2").equalsIgnoreCase("v2")) {
      err.println("modelvane: dashboards are for InfluxDB 2, and the sink has another api");
      return CONFIGURATION;
    }
    InfluxOptions options = sinkOptions(given);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (InfluxConnection connection = InfluxConnection.open(options, threads)) {
      DashboardInstaller installer =
          new DashboardInstaller(
              connection.client(), organization(connection, options), options.bucket());
      List<String> changes = installer.install(DashboardTemplate.load());
      changes.forEach(out::println);
      out.println(changes.isEmpty() ? "nothing to change" : "installed");
      out.flush();
      return 0;
    } catch (InfluxException | IOException | ComponentException failed) {
      err.println("modelvane: the dashboard was not installed: " + explain(failed, options));
      return FAILED;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Organization organization(InfluxConnection connection, InfluxOptions options)
      throws IOException {
    String org = options.org().orElse("");
    return connection.client().getOrganizationsApi().findOrganizations().stream()
        .filter(o -> org.equals(o.getName()) || org.equals(o.getId()))
        .findFirst()
        .orElseThrow(() -> new IOException("no organisation '" + org + "' for this token"));
  }

  private static String explain(Exception failed, InfluxOptions options) {
    String words = failed.getClass().getSimpleName() + " " + failed.getMessage();
    String token = options.token().map(Secret::reveal).orElse("");
    return (token.isEmpty() ? words : words.replace(token, "****"))
        + " (server "
        + options.url().getHost()
        + ")";
  }

  private static InfluxOptions sinkOptions(Map<String, String> given) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (name.startsWith("headers.")) {
            headers.put(name.substring("headers.".length()), Secret.of(value));
          }
        });
    return new InfluxOptions(
        URI.create(given.get("url") + ""),
        Api.V2,
        Optional.ofNullable(given.get("org")),
        given.getOrDefault("bucket", ""),
        Optional.ofNullable(given.get("token")).map(Secret::of),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Duration.ZERO,
        Gzip.OFF,
        1,
        1,
        DataSize.ofMebibytes(1),
        Duration.ZERO,
        Duration.ofSeconds(30),
        Optional.ofNullable(given.get("ca")).map(Path::of),
        headers);
  }
}
