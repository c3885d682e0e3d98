package io.modelvane.alerting.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.modelvane.spi.ApiResponse;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The document of the API, and what it says of an answer. */
public final class Document {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;

  private Document(JsonNode root) {
    this.root = root;
  }

  public static Document read() throws Exception {
    return new Document(JSON.readTree(AlertingApi.document()));
  }

  JsonNode root() {
    return root;
  }

  /** Operations by {@code GET /incidents}. */
  Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.put(
                                method.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey(),
                                method.getValue())));
    return operations;
  }

  JsonNode operation(String name) {
    return Objects.requireNonNull(operations().get(name), name);
  }

  /** Checks that an answer is one the operation announces; gives its body. */
  public JsonNode admits(String operation, ApiResponse answer) throws Exception {
    JsonNode responses = operation(operation).path("responses");
    JsonNode response = responses.path(String.valueOf(answer.status()));
    assertThat(response.isMissingNode())
        .as("%s announces %d: %s", operation, answer.status(), answer.body())
        .isFalse();
    if (answer.status() >= 400) {
      return JSON.createObjectNode().put("detail", answer.body());
    }
    JsonNode body = JSON.readTree(answer.body());
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$ref", "#/root");
    schema.set("root", response.path("content").path("application/json").path("schema"));
    schema.set("components", closed());
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    assertThat(validator.validate(body)).as("%s answers %s", operation, body).isEmpty();
    return body;
  }

  /** The components, with members that are not named forbidden. */
  private JsonNode closed() {
    ObjectNode components = root.path("components").deepCopy();
    for (JsonNode schema : components.path("schemas")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    return components;
  }
}
