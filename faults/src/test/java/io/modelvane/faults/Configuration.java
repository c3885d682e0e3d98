package io.modelvane.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The usual configuration, in which words between two {@code @} stand for what a case has. */
final class Configuration {
  private static final String USUAL =
      """
      data: "@folder@/data"
      http: { port: 0 }
      stop_within: 10s
      sources:
        insights:
          type: kafka
          bootstrap_servers: ["@broker@"]
          topics: [@topic@]
          group_instance_id: first
          session_timeout: 6s
      sinks:
        influx:
          { type: influxdb, url: "@store@", org: acme, bucket: insights, token: @secret@, timeout: 2s }
        alerting:
          type: alerting
          record_to: influx
          checks:
            risky:
              type: threshold
              field: risk_score
              where: { algorithm_name: @name@ }
              levels: { crit: "> 0.70" }
          rules:
            page: { when: { to: crit }, notify: [pager, team, hook, mail] }
      notifiers:
        pager: { type: pagerduty, routing_key: 0123456789abcdef0123456789abcdef, url: "@pager@", timeout: @patience@ }
        team: { type: slack, url: "@team@", timeout: @patience@ }
        hook: { type: http, url: "@hook@", timeout: @patience@ }
        mail:
          type: email
          host: 127.0.0.1
          port: @mail-port@
          security: none
          from: modelvane@example.com
          to: [team@example.com]
          timeout: @patience@
      pipelines:
        @metrics@:
          source: insights
          decode: { type: algorithmia-insights, keep_ids: true }
          sinks: [influx]
          retry: { initial: 100ms, maximum: 1s }
        @alerts@:
          source: insights
          decode: algorithmia-insights
          sinks: [alerting]
          retry: { initial: 100ms, maximum: 1s }
      """;

  private final Path folder;
  private final Map<String, String> words = new TreeMap<>();

  Configuration(Path folder) {
    this.folder = folder;
    put("folder", folder);
  }

  /** What stands in the place of a word. */
  void put(String word, Object text) {
    words.put(word, text.toString());
  }

  /** Writes the usual one, changed. */
  Path write(String file, UnaryOperator<String> change) throws IOException {
    return Files.writeString(folder.resolve(file), named(change.apply(USUAL)));
  }

  /** A text with the names of this case in the place of the words in it. */
  String named(String text) {
    String result = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      result = result.replace("@" + word.getKey() + "@", word.getValue());
    }
    return result;
  }
}
