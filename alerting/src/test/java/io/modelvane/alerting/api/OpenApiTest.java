package io.modelvane.alerting.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.why.Chronicle;
import io.modelvane.alerting.why.Running;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Series;
import io.modelvane.testkit.TestContext;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document of the API is a right one, and says what is served: all of it and nothing else. */
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private List<Route> served() {
    try (StateDatabase database = new StateDatabase(folder.resolve("state.db"));
        TestContext context =
            TestContext.named("alerting").state(database.store("sink_alerting")).build()) {
      Outbox outbox =
          Outbox.create(Policy.of(Map.of()), context, Optional.empty(), Optional.empty());
      AlertingApi.Subjects subjects =
          new AlertingApi.Subjects(List.of(), new Nothing(), new Chronicle(context.state()));
      return new AlertingApi(context, outbox, subjects).router().routes();
    }
  }

  /** No checks. */
  private static final class Nothing implements Running {
    @Override
    public List<Standpoint> look(String check, Predicate<Series> wanted, int most) {
      return List.of();
    }

    @Override
    public boolean close(String incident, String author, String comment) {
      return false;
    }
  }

  @Test
  void itIsValidByTheSchemaOfOpenApi() throws Exception {
    try (InputStream file = OpenApiTest.class.getResourceAsStream("/openapi/schema-3.1.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(Objects.requireNonNull(file));
      assertThat(schema.validate(Document.read().root())).isEmpty();
      assertThat(schema.validate(JSON.readTree("{\"openapi\":\"3.1.0\"}"))).isNotEmpty();
    }
  }

  @Test
  void everyOperationThatIsServedIsDocumentedAndEveryDocumentedOneIsServed() throws Exception {
    Set<String> served =
        served().stream()
            .map(route -> route.method() + " " + route.path())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(Document.read().operations().keySet()).isEqualTo(served);
  }

  @Test
  void theParametersOfEachOperationAreThoseItKnows() throws Exception {
    Document document = Document.read();
    for (Route route : served()) {
      JsonNode operation = document.operation(route.method() + " " + route.path());
      Set<String> query = new TreeSet<>();
      Set<String> path = new TreeSet<>();
      for (JsonNode given : operation.path("parameters")) {
        JsonNode parameter = resolve(document.root(), given);
        (parameter.path("in").asText().equals("path") ? path : query)
            .add(parameter.path("name").asText());
      }
      Set<String> known = new TreeSet<>(route.parameters());
      known.add("component");
      assertThat(query).as(route.path()).isEqualTo(known);
      assertThat(path)
          .as(route.path())
          .isEqualTo(
              route.template().stream()
                  .filter(part -> part.startsWith("{"))
                  .map(part -> part.substring(1, part.length() - 1))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void changesSayThatTheyNeedTheToken() throws Exception {
    Document.read()
        .operations()
        .forEach(
            (name, operation) ->
                assertThat(operation.path("security").toString())
                    .as(name)
                    .isEqualTo(
                        name.startsWith("GET ") ? "[{},{\"token\":[]}]" : "[{\"token\":[]}]"));
  }

  @Test
  void whatIsReferredToExistsAndWhatExistsIsReferredTo() throws Exception {
    JsonNode root = Document.read().root();
    Set<String> referred = new TreeSet<>();
    for (JsonNode reference : root.findValues("$ref")) {
      assertThat(root.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
      referred.add(reference.asText());
    }
    Set<String> existing = new TreeSet<>();
    for (String kind : List.of("schemas", "parameters", "responses")) {
      root.path("components")
          .path(kind)
          .fieldNames()
          .forEachRemaining(name -> existing.add("#/components/" + kind + "/" + name));
    }
    assertThat(referred).isEqualTo(existing);
  }

  private static JsonNode resolve(JsonNode root, JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }
}
