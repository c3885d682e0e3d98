package com.example.ntfy;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;

/** Makes the notifier {@code ntfy}. */
final class NtfyFactory implements NotifierFactory<NtfyOptions> {
  @Override
  public String type() {
    return "ntfy";
  }

  @Override
  public String description() {
    return "Publishes to a topic of ntfy.";
  }

  @Override
  public Class<NtfyOptions> options() {
    return NtfyOptions.class;
  }

  @Override
  public void validate(NtfyOptions options, Problems problems) {
    if (!"https".equals(options.url().getScheme()) && !"http".equals(options.url().getScheme())) {
      problems.add("url", "must begin with https:// or http://");
    }
    if (!options.topic().matches("[A-Za-z0-9_-]{1,64}")) {
      problems.add("topic", "may hold letters, digits, dash and underscore, 64 at the most");
    }
  }

  @Override
  public Notifier create(NtfyOptions options, ComponentContext context) {
    return new NtfyNotifier(options, context);
  }
}
