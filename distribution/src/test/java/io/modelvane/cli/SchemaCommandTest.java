package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.modelvane.built.SmallPlugin;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private JsonNode schema() throws IOException {
    SmallPlugin.folderWithOne(folder);
    Invocation printed = Invocation.of("schema", "--plugins", folder.toString());
    assertThat(printed.code()).isZero();
    assertThat(printed.err()).isEmpty();
    return JSON.readTree(printed.out());
  }

  @Test
  void isAValidJsonSchema() throws IOException {
    JsonSchema rules =
        SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(rules.validate(schema())).isEmpty();
    assertThat(rules.validate(JSON.readTree("{\"type\": \"objekt\"}"))).isNotEmpty();
  }

  @Test
  void acceptsAConfigurationAndRefusesAMisspeltOption() throws IOException {
    JsonSchema schema = SCHEMAS.getSchema(schema());
    String good =
        """
        {"sources": {"calls": {"type": "steady"}},
         "sinks": {"memory": {"type": "memory", "limit": 5}},
         "pipelines": {"m": {"source": "calls", "decode": "algorithmia-insights",
                             "sinks": ["memory"]}}}
        """;

    assertThat(schema.validate(JSON.readTree(good))).isEmpty();
    assertThat(schema.validate(JSON.readTree(good.replace("limit", "limt")))).isNotEmpty();
    assertThat(schema.validate(JSON.readTree(good.replace("steady", "stedy")))).isNotEmpty();
    assertThat(schema.validate(JSON.readTree(good.replace("\"decode\"", "\"decoed\""))))
        .isNotEmpty();
  }
}
