package io.modelvane.engine.deadletter;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.DeadLetterFactory;
import io.modelvane.spi.DeadLetterStore;

/** Dead letters in files: the default. */
public final class FileDeadLetterFactory implements DeadLetterFactory<FileDeadLetterOptions> {
  @Override
  public String type() {
    return "file";
  }

  @Override
  public String description() {
    return "Keeps dead letters in local files, one JSON object a line.";
  }

  @Override
  public Class<FileDeadLetterOptions> options() {
    return FileDeadLetterOptions.class;
  }

  @Override
  public DeadLetterStore create(FileDeadLetterOptions options, ComponentContext context) {
    return new FileDeadLetterStore(options, context);
  }
}
