package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes over the wire, read by a parser that knows only InfluxDB's rules. */
class EncodingTest {
  @ParameterizedTest
  @EnumSource(
      value = Gzip.class,
      names = {"ON", "OFF"})
  void hostileNamesAndTextsArriveAsTheyAre(Gzip gzip) throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.stored());
        TestContext context = Settings.context()) {
      InfluxSink sink = new InfluxSink(Settings.of(server.url()).gzip(gzip).make(), context);
      sink.start();
      for (int seed = 0; seed < 40; seed++) {
        HostileNames.Sample sample = new HostileNames(seed).sample(100);
        assertThat(Batches.write(sink, sample.batch())).isEqualTo(Outcome.DONE);
        Received request = server.received().get(seed);
        assertThat(request.isCompressed()).isEqualTo(gzip == Gzip.ON);
        assertThat(Line.parseAll(request.body()))
            .as("seed " + seed)
            .containsExactlyElementsOf(sample.expected());
      }
      sink.stop();
    }
  }

  @Test
  void theParserOfTheseTestsKnowsTheRules() {
    assertThat(Line.parse("m\\,\\ x=,k\\=1=v\\,\\ 2 f\\ =1.5,s=\"a \\\"b\\\\, c=d\" -7"))
        .isEqualTo(
            new Line(
                "m, x=",
                Map.of("k=1", "v, 2"),
                Map.of("f ", "1.5", "s", "\"a \"b\\, c=d\""),
                "-7"));
    for (String bad :
        new String[] {
          "m f= 1", "m,t= f=1 1", "m f=1", "m,a=1,a=2 f=1 1", "m f=1 x", "m,t=a=b f=1 1"
        }) {
      assertThatThrownBy(() -> Line.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
