package io.modelvane.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SlackNotifierFactoryTest {
  private static List<String> problems(SlackSamples samples) {
    List<String> problems = new ArrayList<>();
    new SlackNotifierFactory()
        .validate(samples.options(), (path, message) -> problems.add(path + ": " + message));
    return problems;
  }

  private static SlackSamples options(
      @Nullable String url, @Nullable String token, @Nullable String channel) {
    SlackSamples samples = new SlackSamples();
    samples.url = Optional.ofNullable(url);
    samples.token = Optional.ofNullable(token);
    samples.channel = Optional.ofNullable(channel);
    return samples;
  }

  @Test
  void a_webhook_alone_or_a_token_with_its_channel_is_right() {
    assertThat(problems(options("https://hooks.slack.com/services/T/B/x", null, null))).isEmpty();
    assertThat(problems(options(null, "xoxb-1", "#ml"))).isEmpty();
  }

  @Test
  void neither_or_both_ways_are_refused() {
    assertThat(problems(options(null, null, null)))
        .containsExactly("url: give either url (a webhook), or token and channel (a bot)");
    assertThat(problems(options("https://hooks.slack.com/x", "xoxb-1", "#ml")))
        .containsExactly("url: give either url (a webhook), or token and channel (a bot)");
  }

  @Test
  void half_a_bot_is_refused() {
    assertThat(problems(options(null, "xoxb-1", null)))
        .containsExactly("token: token and channel belong together");
    assertThat(problems(options(null, null, "#ml")))
        .containsExactly("token: token and channel belong together");
  }

  @Test
  void a_url_that_is_none_is_refused_without_repeating_it() {
    assertThat(problems(options("ftp://s3cret/x", null, null)))
        .containsExactly("url: must begin with http:// or https:// and name a host");
    assertThat(problems(options("https://hooks/s3cret\n", null, null)))
        .singleElement()
        .asString()
        .startsWith("url: is not a URL")
        .doesNotContain("s3cret");
  }

  @Test
  void a_template_that_cannot_be_read_is_named_by_its_option() {
    assertThat(problems(SlackSamples.withTemplates("{{check", "{{#a}}x")))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).startsWith("title: is not a Mustache template"))
        .anySatisfy(problem -> assertThat(problem).startsWith("text: is not a Mustache template"));
  }

  @Test
  void a_template_that_wants_another_file_is_refused() {
    assertThat(problems(SlackSamples.withTemplates("{{>/etc/passwd}}", "x")))
        .singleElement()
        .asString()
        .startsWith("title: is not a Mustache template");
  }

  @Test
  void fields_that_cannot_be_read_and_more_than_are_shown_are_refused() {
    SlackSamples samples = options(null, "xoxb-1", "#ml");
    for (int i = 0; i <= SlackMessage.MOST_FIELDS; i++) {
      samples.fields.put("Fact " + i, i == 7 ? "{{chekc}}" : "{{check}}");
    }
    assertThat(problems(samples))
        .containsExactly(
            "fields.Fact 7: knows no 'chekc'; did you mean 'check'?",
            "fields: are more than the 20 that are shown");
  }

  @Test
  void an_api_url_that_is_none_is_refused() {
    SlackSamples wrong = options(null, "xoxb-1", "#ml");
    wrong.api = URI.create("slack.com/api");
    assertThat(problems(wrong))
        .containsExactly("api_url: must begin with http:// or https:// and name a host");
  }
}
