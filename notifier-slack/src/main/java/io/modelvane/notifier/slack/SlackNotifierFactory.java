package io.modelvane.notifier.slack;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.OptionChecks;

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
    options.url().ifPresent(url -> OptionChecks.url("url", url.reveal(), problems));
    OptionChecks.url("api_url", options.apiUrl().toString(), problems);
    OptionChecks.template("title", options.title(), problems);
    OptionChecks.template("text", options.text(), problems);
    Fields.check(options.fields(), problems);
    if (options.fields().size() > SlackMessage.MOST_FIELDS) {
      problems.add("fields", "are more than the " + SlackMessage.MOST_FIELDS + " that are shown");
    }
  }

  @Override
  public Notifier create(SlackOptions options, ComponentContext context) {
    return new SlackNotifier(options, context);
  }
}
