package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.decode.InsightsDecoderFactory;
import io.modelvane.engine.decode.InsightsOptions;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Split;
import io.modelvane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every name in a query of the dashboard is one that is written. */
class DashboardTemplateTest {
  private static final String CALL =
      """
      {"algorithm_name":"credit_card_approval","algorithm_owner":"asli",
       "algorithm_version":"1.0.6","request_id":"req-1","session_id":"rses-1",
       "time":"2026-11-26T12:00:00.123456","duration_milliseconds":8,"risk_score":0.25}
      """;

  /** InfluxDB's own schema, which the sink alerting keeps to. */
  private static final Set<String> ALERTING_MEASUREMENTS = Set.of("statuses", "notifications");

  private static final Set<String> ALERTING_NAMES =
      Set.of(
          "_level",
          "_check_name",
          "_message",
          "_notification_rule_name",
          "_notification_endpoint_name",
          "_sent");

  private final DashboardTemplate template = DashboardTemplate.load();
  private final List<Line> written = written();

  /** What reaches the server of one call. */
  private static List<Line> written() {
    PointBatchBuilder builder = new PointBatchBuilder();
    List<Line> lines = new ArrayList<>();
    try (TestContext context = Settings.context();
        ScriptedServer server =
            ScriptedServer.of(
                r -> {
                  lines.addAll(Line.parseAll(r.body()));
                  return Answer.stored();
                })) {
      Decoder decoder = new InsightsDecoderFactory().create(new InsightsOptions(true), context);
      builder.events(new OneCall());
      decoder.decode(new OneCall(), builder);
      PointBatch batch = builder.build();
      assertThat(batch.rejections()).isEmpty();
      InfluxSink sink = new InfluxSink(Settings.of(server.url()).make(), context);
      sink.start();
      Batches.write(sink, batch);
      sink.stop();
    } catch (io.modelvane.spi.ComponentException unexpected) {
      throw new AssertionError(unexpected);
    }
    return lines;
  }

  private Stream<String> queries() {
    return Stream.concat(
        template.variables().stream().map(DashboardTemplate.Variable::query),
        template.charts().stream().flatMap(c -> c.queries().stream()));
  }

  private Set<String> named(String pattern) {
    Set<String> names = new TreeSet<>();
    queries()
        .forEach(
            query -> {
              Matcher matcher = Pattern.compile(pattern).matcher(query);
              while (matcher.find()) {
                names.add(matcher.group(1));
              }
            });
    return names;
  }

  @Test
  void measurementsAreThoseThatAreWritten() {
    Set<String> measurements = named("r\\._measurement == \"([^\"]*)\"");
    assertThat(measurements).containsExactly("algorithmia", "notifications", "statuses");
    measurements.removeAll(ALERTING_MEASUREMENTS);
    assertThat(written).extracting(Line::measurement).containsAll(measurements);
  }

  @Test
  void fieldsAreThoseThatAreWritten() {
    Set<String> fields = named("r\\._field == \"([^\"]*)\"");
    assertThat(fields).contains("duration_milliseconds", "_message");
    fields.removeAll(ALERTING_NAMES);
    assertThat(written.get(0).fields()).containsKeys(fields.toArray(String[]::new));
    // What the list of metrics leaves out is there to be left out.
    assertThat(written.get(0).fields())
        .containsKeys(named("r\\._value != \"([^\"]*)\"").toArray(String[]::new));
  }

  @Test
  void tagsAreThoseThatAreWritten() {
    Set<String> tags = named("r\\.([a-z]\\w*) ==");
    tags.addAll(named("tag: \"([^\"]*)\""));
    assertThat(tags).containsExactly("algorithm_name", "algorithm_owner", "algorithm_version");
    assertThat(written.get(0).tags().keySet()).isEqualTo(tags);
  }

  @Test
  void columnsAreThoseOfInfluxOrOfTheStatusSchema() {
    Set<String> columns = new TreeSet<>();
    for (String list : named("columns: \\[([^\\]]*)\\]")) {
      columns.addAll(List.of(list.replace("\"", "").split(", ")));
    }
    columns.removeAll(Set.of("_time", "_value", "algorithm_name", "algorithm_version"));
    assertThat(ALERTING_NAMES).containsAll(columns);
  }

  @Test
  void queriesUseOnlyVariablesThatExist() {
    Set<String> variables = named("v\\.(\\w+)");
    variables.removeAll(Set.of("timeRangeStart", "timeRangeStop", "windowPeriod"));
    assertThat(template.variables())
        .extracting(DashboardTemplate.Variable::name)
        .containsExactlyInAnyOrderElementsOf(variables);
  }

  @Test
  void everyQueryOfCallsIsAboutOneModel() {
    for (DashboardTemplate.Chart chart : template.charts()) {
      for (String query : chart.queries()) {
        assertThat(query).startsWith("from(bucket: v.modelvane_bucket)");
        if (query.contains("\"algorithmia\"")) {
          assertThat(query).contains("v.modelvane_owner", "v.modelvane_algorithm");
        }
        assertThat(query.chars().filter(c -> c == '(').count())
            .isEqualTo(query.chars().filter(c -> c == ')').count());
      }
    }
  }

  @Test
  void cellsDoNotOverlap() {
    Set<String> taken = new TreeSet<>();
    for (DashboardTemplate.Chart chart : template.charts()) {
      DashboardTemplate.Place place = chart.place();
      assertThat(place.x() + place.width()).isLessThanOrEqualTo(12);
      for (int x = place.x(); x < place.x() + place.width(); x++) {
        for (int y = place.y(); y < place.y() + place.height(); y++) {
          assertThat(taken.add(x + "," + y)).as(chart.name()).isTrue();
        }
      }
    }
  }

  /** One message of the platform. */
  private static final class OneCall implements EventBatch {
    @Override
    public Split split() {
      return new Split("algorithmia-insights", 0);
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public long offset(int index) {
      return 7;
    }

    @Override
    public long nextOffset() {
      return 8;
    }

    @Override
    public long timeMillis(int index) {
      return NO_TIME;
    }

    @Override
    public byte @org.jspecify.annotations.Nullable [] key(int index) {
      return null;
    }

    @Override
    public byte[] value(int index) {
      return CALL.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Header> headers(int index) {
      return List.of();
    }
  }
}
