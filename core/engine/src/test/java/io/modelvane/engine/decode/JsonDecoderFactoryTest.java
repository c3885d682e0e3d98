package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.Options;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderFactoryTest {
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "measurement: m~identity: value | identity: value needs an identity_key, for example",
        "measurement: m~identity_key: a | identity_key: is only used with identity: value",
        "measurement: m~rename: {a: time} | rename.a: 'time' cannot be a name",
        "measurement: m~rename: {a: _field} | rename.a: '_field' cannot be a name",
        "measurement: m~rename: {a: _measurement} | rename.a: '_measurement' cannot be a name",
        "measurement: m~rename: {a: \" \"} | rename.a: ' ' cannot be a name",
        "measurement: m~tags: [{name: time, from: a}] | tags: 'time' cannot be a name",
        "measurement: m~tags: [_field] | tags: '_field' cannot be a name",
        "measurement: m~tags: [{name: _measurement, from: a}] | tags: '_measurement' cannot be",
        "measurement: m~tags: [{name: b, from: \"$value:a\"}] | tags: '$value:a': write the key",
        "measurement: m~tags: [{name: b, from: \"$header:\"}] | tags: '$header:' needs the name",
        "measurement: m~tags: [{name: b, from: \"$topic:1\"}] | tags: '$topic:1' needs a topic_",
        "measurement: m~topic_pattern: (.*)~tags: [{name: b, from: \"$topic:2\"}]"
            + " | tags: '$topic:2': topic_pattern has captures 1 to 1",
        "measurement: m~topic_pattern: (.*)~tags: [{name: b, from: \"$topic:x\"}]"
            + " | tags: '$topic:x': topic_pattern has captures 1 to 1",
        "measurement: \" \" | measurement: is empty",
        "measurement: \"$value:\" | measurement: is empty",
        "measurement: $tpoic | measurement: '$tpoic' is unknown; write a name, $topic",
        "measurement: \"$topic:1\" | measurement: '$topic:1' needs a topic_pattern",
      })
  void aMappingThatCannotWorkIsRefused(String yaml, String problem) {
    assertThat(problems(yaml)).singleElement().asString().startsWith(problem);
  }

  @Test
  void whatIsThereTwiceIsShownAtBothPlaces() {
    assertThat(problems("measurement: m\ntags: [c, a, {name: a, from: b}]"))
        .containsExactly(
            "tags[1]: the tag 'a' is named twice, here and in tags[2]; remove one of the two",
            "tags[2]: the tag 'a' is named twice, here and in tags[1]; remove one of the two");
    assertThat(problems("measurement: m\ntags: [a, {name: b, from: a}]"))
        .containsExactly(
            "tags[0]: 'a' gives a tag twice, here and in tags[1]; remove one of the two",
            "tags[1]: 'a' gives a tag twice, here and in tags[0]; remove one of the two");
  }

  private static List<String> problems(String yaml) {
    JsonOptions options = Options.read(JsonOptions.class, yaml.replace("~", "\n"));
    List<String> problems = new ArrayList<>();
    new JsonDecoderFactory()
        .validate(options, (path, message) -> problems.add(path + ": " + message));
    return problems;
  }
}
