package io.modelvane.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.notifier.email.EmailOptions.Security;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailNotifierFactoryTest {
  private final EmailSamples samples = new EmailSamples();

  private void assertRefused(String path, String words) {
    List<String> problems = new ArrayList<>();
    new EmailNotifierFactory()
        .validate(samples.options(), (at, message) -> problems.add(at + ": " + message));
    assertThat(problems).singleElement().asString().startsWith(path + ": ").contains(words);
  }

  private void assertAccepted() {
    List<String> problems = new ArrayList<>();
    new EmailNotifierFactory().validate(samples.options(), (at, message) -> problems.add(message));
    assertThat(problems).isEmpty();
  }

  @Test
  void a_host_and_addresses_are_enough() {
    assertAccepted();
    samples.login();
    assertAccepted();
  }

  @Test
  void an_empty_host_is_refused() {
    samples.host = " ";
    assertRefused("host", "is empty");
  }

  @Test
  void half_a_login_is_refused() {
    samples.username = Optional.of("u");
    assertRefused("username", "belong together");
  }

  @Test
  void a_password_in_clear_text_is_refused_but_for_this_machine() {
    samples.login().security = Security.NONE;
    assertRefused("security", "clear text");
    samples.host = "localhost";
    assertAccepted();
  }

  @Test
  void port_465_without_tls_is_refused() {
    samples.port = 465;
    assertRefused("security", "must be tls for port 465");
    samples.security = Security.TLS;
    assertAccepted();
  }

  @Test
  void authorities_without_tls_are_refused() {
    samples.ca = Optional.of(Path.of("ca.pem"));
    samples.security = Security.NONE;
    assertRefused("ca", "has no use");
  }

  @Test
  void nobody_to_write_to_is_refused() {
    samples.to = List.of();
    assertRefused("to", "names nobody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ml-team",
        "a@b, c@d",
        "a b@example.com",
        "a@example.com\r\nBcc: x@example.com"
      })
  void what_is_no_address_is_refused(String text) {
    samples.to = List.of("fine@example.com", text);
    assertRefused("to", "is not an address");
    samples.to = List.of("fine@example.com");
    samples.from = text;
    assertRefused("from", "is not an address");
  }

  @Test
  void templates_that_cannot_be_read_are_named_by_their_options() {
    samples.subject = "{{a";
    assertRefused("subject", "is not a Mustache template");
    samples.subject = "a";
    samples.text = "{{#a}}";
    assertRefused("text", "is not a Mustache template: line 1");
    samples.text = "a";
    samples.fields.put("Team", "{{team}}");
    assertRefused("fields.Team", "knows no 'team'");
  }
}
