package io.modelvane.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpNotifierFactoryTest {
  private final HttpSamples samples = new HttpSamples();

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    new HttpNotifierFactory()
        .validate(samples.options(), (path, message) -> problems.add(path + ": " + message));
    return problems;
  }

  private void assertRefused(String path, String words) {
    assertThat(problems()).singleElement().asString().startsWith(path + ": ").contains(words);
  }

  @Test
  void a_url_is_enough() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void all_that_there_is_can_stand_together() {
    samples.header("X-Team", "fraud {{level}}");
    samples.bearer = Optional.of(Secret.of("t"));
    samples.signing = List.of(Secret.of(HttpSamples.SIGNING));
    samples.custom("application/vnd.acme+json; charset=UTF-8", "[\"{{message}}\"]");
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_url_without_a_scheme_is_refused_without_repeating_it() {
    samples.url = "hooks.example.com/s3cret";
    assertRefused("url", "must begin with http");
    assertThat(problems().toString()).doesNotContain("s3cret");
  }

  @Test
  void two_logins_are_refused() {
    samples.bearer = Optional.of(Secret.of("t"));
    samples.username = Optional.of("u");
    samples.password = Optional.of(Secret.of("p"));
    assertRefused("bearer_token", "keep one");
  }

  @Test
  void half_a_login_is_refused() {
    samples.password = Optional.of(Secret.of("p"));
    assertRefused("username", "belong together");
  }

  @Test
  void a_login_beside_its_header_is_refused() {
    samples.bearer = Optional.of(Secret.of("t"));
    samples.header("authorization", "Bearer u");
    assertRefused("headers.authorization", "keep one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "transfer-encoding", "Host", "Connection", "TE"})
  void a_header_that_frames_the_message_is_refused(String name) {
    samples.header(name, "7");
    assertRefused("headers." + name, "belongs to the protocol");
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "Webhook-Signature", "Idempotency-Key"})
  void a_header_of_ours_is_refused(String name) {
    samples.header(name, "7");
    assertRefused("headers." + name, "is set for you");
  }

  @Test
  void the_content_type_has_its_own_option() {
    samples.header("Content-Type", "text/plain");
    assertRefused("headers.Content-Type", "content_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X Team", "X:Team", "Größe", "X\r\nEvil"})
  void a_name_that_is_none_is_refused(String name) {
    samples.header(name, "7");
    assertRefused("headers." + name, "is no name");
  }

  @Test
  void a_value_with_line_ends_or_accents_is_refused_without_repeating_it() {
    samples.header("X-Key", "s3cret\r\nX-Evil: 1");
    assertRefused("headers.X-Key", "printable ASCII");
    assertThat(problems().toString()).doesNotContain("s3cret");
  }

  @Test
  void one_header_in_two_spellings_is_refused() {
    samples.header("X-Team", "a").header("x-team", "b");
    assertRefused("headers.x-team", "is given twice");
  }

  @Test
  void templates_that_cannot_be_read_are_named_by_their_options() {
    samples.header("X-Key", "s3cret {{level");
    assertRefused("headers.X-Key", "is not a Mustache template");
    assertThat(problems().toString()).doesNotContain("s3cret");
    samples.headers.clear();
    samples.body = Optional.of("{{#a}}");
    assertRefused("body", "is not a Mustache template");
  }

  @Test
  void a_name_in_a_header_that_there_is_not_is_refused_without_repeating_it() {
    samples.header("X-Key", "{{s3cret}}");
    assertRefused("headers.X-Key", "look for a typo");
    assertThat(problems().toString()).doesNotContain("s3cret");
  }

  @Test
  void a_custom_format_needs_a_body_and_no_other_takes_one() {
    samples.format(HttpOptions.Format.CUSTOM);
    assertRefused("body", "is missing");
    samples.format(HttpOptions.Format.INFLUXDB).body = Optional.of("{}");
    assertRefused("body", "has no use with this format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\": {{value}}}",
        "{\"limit\": {{details.limit}}}",
        "{{#value}}{\"value\": {{value}}}{{/value}}",
        "{\"text\": \"{{message}}\",}",
        "{{message}}",
        "\"{{message}}\" x",
      })
  void a_body_that_is_no_json_where_values_are_missing_is_refused(String body) {
    samples.body = Optional.of(body);
    assertRefused("body", "where values are missing");
  }

  @Test
  void the_place_of_the_mistake_is_told_and_none_of_the_body() {
    samples.body = Optional.of("{\"token\": \"s3cret\",\n \"value\": {{value}}}");
    assertRefused("body", "from line 2, column ");
    assertThat(problems().toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\": {{#value}}{{value}}{{/value}}{{^value}}null{{/value}}}",
        "{\"breaches\": {{breaches}}, \"link\": {{has_link}}}",
        "[\"{{details.limit}}\"]",
      })
  void a_body_that_is_json_with_and_without_values_is_right(String body) {
    samples.body = Optional.of(body);
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_body_of_another_content_type_need_not_be_json() {
    samples.custom("text/plain", "{{message}}");
    assertThat(problems()).isEmpty();
  }

  @Test
  void fields_are_refused_where_no_format_shows_them() {
    samples.fields.put("Team", "{{tags.team}}");
    assertThat(problems()).isEmpty();
    samples.format(HttpOptions.Format.INFLUXDB);
    assertRefused("fields", "no use with this format");
  }

  @Test
  void title_text_and_fields_are_templates() {
    samples.title = "{{titel}}";
    assertRefused("title", "knows no 'titel'");
    samples.title = "x";
    samples.text = "{{#a}}";
    assertRefused("text", "is not a Mustache template: line 1");
    samples.text = "x";
    samples.fields.put("Team", "{{tags.team");
    assertRefused("fields.Team", "is not a Mustache template: line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "", "text/plain\r\nX: 1", "a/b; c"})
  void a_content_type_that_is_none_is_refused(String type) {
    samples.contentType = Optional.of(type);
    assertRefused("content_type", "is no content type");
  }

  @Test
  void another_character_set_is_refused() {
    samples.contentType = Optional.of("text/plain; charset=iso-8859-1");
    assertRefused("content_type", "bodies are UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_***", "whsec_"})
  void a_signing_secret_that_is_none_is_refused_without_repeating_it(String secret) {
    samples.signing = List.of(Secret.of(HttpSamples.SIGNING), Secret.of(secret));
    assertRefused("signing_secret", "whsec_ and 24 to 64 bytes");
    assertThat(problems().toString()).doesNotContain("MfKQ");
  }
}
