package io.modelvane.cli;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.DefaultJoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What is logged where the system property {@code logback.configurationFile}, which the launcher
 * sets to {@code conf/logback.xml} where there is one, names no file: one line per event on
 * standard error. Reading the same from XML takes a tenth of the time in which the process starts.
 */
@ConfiguratorRank(ConfiguratorRank.FALLBACK + 1)
public final class DefaultLogging extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} %msg%n%ex{short}";

  /** Made by logback. */
  public DefaultLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    String file = System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
    if (file == null) {
      usual(context);
    } else if (byFile(context) == ExecutionStatus.INVOKE_NEXT_IF_ANY) {
      usual(context);
      context
          .getLogger(DefaultLogging.class)
          .warn("{}={}: there is no such file", ClassicConstants.CONFIG_FILE_PROPERTY, file);
    }
    // Logback asks what a service offers before it looks for files itself.
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ExecutionStatus byFile(LoggerContext context) {
    DefaultJoranConfigurator files = new DefaultJoranConfigurator();
    files.setContext(context);
    return files.configure(context);
  }

  private static void usual(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> errors = new ConsoleAppender<>();
    errors.setContext(context);
    errors.setTarget("System.err");
    errors.setEncoder(encoder);
    KafkaRepeats repeats = new KafkaRepeats();
    repeats.setContext(context);
    repeats.start();
    errors.addFilter(repeats);
    errors.start();
    context.getLogger("ROOT").setLevel(Level.WARN);
    context.getLogger("ROOT").addAppender(errors);
    context.getLogger("io.modelvane").setLevel(Level.INFO);
    // A plugin that does not load is reported in our own words, once.
    context.getLogger("org.pf4j").setLevel(Level.OFF);
    // A poll of large messages that is full is no error; see PollBound of ingest-kafka.
    context
        .getLogger("org.apache.kafka.clients.consumer.internals.CompletedFetch")
        .setLevel(Level.OFF);
  }
}
