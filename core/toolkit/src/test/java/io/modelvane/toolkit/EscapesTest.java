package io.modelvane.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelvane.testkit.HostileTexts;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class EscapesTest {
  @Test
  void every_text_is_one_json_text_and_comes_back_whole() throws Exception {
    for (String text : HostileTexts.all().values()) {
      String json = "\"" + Escapes.json(text) + "\"";
      assertThat(new ObjectMapper().readTree(json).asText()).isEqualTo(text);
    }
  }

  @Test
  void every_text_is_one_segment_of_a_url() {
    for (String text : HostileTexts.all().values()) {
      String whole = Texts.clean(text);
      URI url = URI.create("https://wiki.example.com/" + Escapes.url(whole) + "?q=1");
      assertThat(url.getHost()).isEqualTo("wiki.example.com");
      assertThat(url.getQuery()).isEqualTo("q=1");
      String segment = url.getRawPath().substring(1);
      assertThat(segment).doesNotContain("/");
      assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(whole);
    }
  }

  @Test
  void no_text_opens_an_element_or_closes_an_attribute() {
    for (String text : HostileTexts.all().values()) {
      assertThat(Escapes.html(text)).doesNotContain("<", ">", "\"");
    }
    assertThat(Escapes.html("a & \"b\"")).isEqualTo("a &amp; &quot;b&quot;");
  }
}
