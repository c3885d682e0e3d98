package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DefaultLoggingTest {
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

    assertThat(says(builtIn)).isEqualTo(says(sample)).containsEntry("io.modelvane.engine", "INFO");
  }

  /** Levels, and how a line looks and where it goes. */
  private static Map<String, String> says(LoggerContext context) {
    Map<String, String> says = new TreeMap<>();
    for (String name : List.of("ROOT", "io.modelvane.engine", "org.pf4j.Plugin", "org.apache")) {
      says.put(name, context.getLogger(name).getEffectiveLevel().toString());
    }
    context
        .getLogger("ROOT")
        .iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) appender;
              says.put("target", console.getTarget());
              says.put("pattern", ((PatternLayoutEncoder) console.getEncoder()).getPattern());
            });
    return says;
  }
}
