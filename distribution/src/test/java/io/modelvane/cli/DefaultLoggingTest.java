package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultLoggingTest {
  private static final String FULL_POLLS =
      "org.apache.kafka.clients.consumer.internals.CompletedFetch";

  @Test
  void isWhatTheSampleFileSays() throws JoranException {
    LoggerContext builtIn = new LoggerContext();
    DefaultLogging logging = new DefaultLogging();
    logging.setContext(builtIn);
    logging.configure(builtIn);
    LoggerContext sample = new LoggerContext();
    JoranConfigurator file = new JoranConfigurator();
    file.setContext(sample);
    file.doConfigure("src/main/dist/conf/logback.sample.xml");

    assertThat(says(builtIn))
        .isEqualTo(says(sample))
        .containsEntry("io.modelvane.engine", "INFO")
        .containsEntry("filters", "[KafkaRepeats]")
        .containsEntry(FULL_POLLS, "OFF");
  }

  @Test
  void theFileThatThePropertyNamesSaysWhatIsLogged(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("logback.xml");
    Files.writeString(
        file,
        Files.readString(Path.of("src/main/dist/conf/logback.sample.xml"))
            .replace("INFO", "DEBUG")
            .replace("%-5level", "[%level]"));

    assertThat(says(configured(file)))
        .containsEntry("io.modelvane.engine", "DEBUG")
        .hasEntrySatisfying("pattern", pattern -> assertThat(pattern).contains("[%level]"));
  }

  private static LoggerContext configured(Path file) {
    LoggerContext context = new LoggerContext();
    System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, file.toString());
    try {
      DefaultLogging logging = new DefaultLogging();
      logging.setContext(context);
      logging.configure(context);
    } finally {
      System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
    }
    return context;
  }

  private static String names(List<Filter<ILoggingEvent>> filters) {
    return filters.stream().map(filter -> filter.getClass().getSimpleName()).toList().toString();
  }

  /** Levels, and how a line looks and where it goes. */
  private static Map<String, String> says(LoggerContext context) {
    Map<String, String> says = new TreeMap<>();
    for (String name :
        List.of("ROOT", "io.modelvane.engine", "org.pf4j.Plugin", "org.apache", FULL_POLLS)) {
      says.put(name, context.getLogger(name).getEffectiveLevel().toString());
    }
    context
        .getLogger("ROOT")
        .iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) appender;
              says.put("target", console.getTarget());
              says.put("filters", names(console.getCopyOfAttachedFiltersList()));
              says.put("pattern", ((PatternLayoutEncoder) console.getEncoder()).getPattern());
            });
    return says;
  }
}
