package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A member's fixed name in its group (static membership), so that a process that was killed takes
 * its partitions back at once instead of waiting until the session of its own ghost expires.
 *
 * <p>The name rests on an id that is kept in the data folder: that folder belongs to one process at
 * a time, and outlives it.
 */
final class InstanceName {
  private static final String FILE = "kafka-instance";

  private InstanceName() {}

  static String of(ComponentContext context) throws ComponentException {
    String pipeline = context.pipeline().orElse("") + "-" + context.name();
    String name = "modelvane-" + id(context.dataFolder()) + "-" + pipeline;
    String legal = name.replaceAll("[^a-zA-Z0-9._-]", "_");
    return legal.length() > 249 ? legal.substring(0, 249) : legal;
  }

  /** The id of a data folder, made when it has none. Two pipelines may ask at the same time. */
  static synchronized String id(Path folder) throws ComponentException {
    Path file = folder.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String kept = Files.readString(file).strip();
        if (kept.matches("[0-9a-f]{12}")) {
          return kept;
        }
      }
      String id = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
      Files.createDirectories(folder);
      Path fresh = Files.writeString(folder.resolve(FILE + ".new"), id + "\n");
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return id;
    } catch (IOException unusable) {
      throw new ComponentException(
          Outcome.Kind.RETRYABLE,
          "%s cannot be read or written (%s); make the data folder writable"
              .formatted(file, unusable),
          unusable);
    }
  }
}
