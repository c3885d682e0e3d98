package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.Options;
import java.util.ArrayList;
import java.util.List;
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
        "measurement: m~tags: [{name: time, from: a}] | tags: 'time' cannot be a name",
        "measurement: m~tags: [_field] | tags: '_field' cannot be a name",
        "measurement: m~tags: [{name: _measurement, from: a}] | tags: '_measurement' cannot be",
        "measurement: m~tags: [a, {name: a, from: b}] | tags: names a tag twice",
        "measurement: m~tags: [a, {name: b, from: a}] | tags: has two tags from one key",
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

  private static List<String> problems(String yaml) {
    JsonOptions options = Options.read(JsonOptions.class, yaml.replace("~", "\n"));
    List<String> problems = new ArrayList<>();
    new JsonDecoderFactory()
        .validate(options, (path, message) -> problems.add(path + ": " + message));
    return problems;
  }
}
