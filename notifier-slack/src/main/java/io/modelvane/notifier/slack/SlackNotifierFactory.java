package io.modelvane.notifier.slack;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Templates;
import java.net.URI;

/** Makes the notifier {@code slack}. */
final class SlackNotifierFactory implements NotifierFactory<SlackOptions> {
  @Override
  public String type() {
    return "slack";
  }

  @Override
  public String description() {
    return "Posts to a Slack channel by an incoming webhook or a bot token.";
  }

  @Override
  public Class<SlackOptions> options() {
    return SlackOptions.class;
  }

  @Override
  public void validate(SlackOptions options, Problems problems) {
    boolean webhook = options.url().isPresent();
    boolean bot = options.token().isPresent() || options.channel().isPresent();
    if (webhook == bot) {
      problems.add("url", "give either url (a webhook), or token and channel (a bot)");
    }
    if (bot && (options.token().isEmpty() || options.channel().isEmpty())) {
      problems.add("token", "token and channel belong together");
    }
    options.url().ifPresent(url -> checkUrl("url", url.reveal(), problems));
    checkUrl("api_url", options.apiUrl().toString(), problems);
    checkTemplate("title", options.title(), problems);
    checkTemplate("text", options.text(), problems);
  }

  private static void checkTemplate(String option, String text, Problems problems) {
    try {
      var unused = new Templates(value -> value).compile(text);
    } catch (IllegalArgumentException invalid) {
      problems.add(option, String.valueOf(invalid.getMessage()));
    }
  }

  private static void checkUrl(String option, String text, Problems problems) {
    try {
      URI url = URI.create(text);
      String scheme = String.valueOf(url.getScheme());
      if (!scheme.matches("https?") || url.getHost() == null) {
        problems.add(option, "must begin with http:// or https:// and name a host");
      }
    } catch (IllegalArgumentException invalid) {
      problems.add(option, "is not a URL"); // its text may be a secret
    }
  }

  @Override
  public Notifier create(SlackOptions options, ComponentContext context) {
    return new SlackNotifier(options, context);
  }
}
