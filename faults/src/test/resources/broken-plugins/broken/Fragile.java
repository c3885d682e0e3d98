package broken;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.DecoderFactory;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A decoder that throws over some messages, and recurses too deep over others. */
public final class Fragile implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new FragileFactory());
  }

  record NoOptions() {}

  static final class FragileFactory implements DecoderFactory<NoOptions> {
    @Override
    public String type() {
      return "fragile";
    }

    @Override
    public String description() {
      return "Breaks over some messages.";
    }

    @Override
    public Class<NoOptions> options() {
      return NoOptions.class;
    }

    @Override
    public Decoder create(NoOptions options, ComponentContext context) {
      return new FragileDecoder();
    }
  }

  static final class FragileDecoder implements Decoder {
    private static final Pattern CALL =
        Pattern.compile(
            "\\{\"request_id\": \"id-(\\d+)\".*\"time\": \"([^\"]+)\".*"
                + "\"risk_score\": ([0-9.]+), \"unstorable\": ([01])\\}\\s*",
            Pattern.DOTALL);
    private static final FieldKey ID = FieldKey.of("request_id");
    private static final FieldKey RISK = FieldKey.of("risk_score");
    private static final Series SERIES = Series.of("algorithmia", List.of());

    @Override
    public void decode(EventBatch events, PointBatchBuilder out) {
      for (int i = 0; i < events.size(); i++) {
        out.event(i);
        byte[] value = events.value(i);
        Matcher call = CALL.matcher(value == null ? "" : new String(value, StandardCharsets.UTF_8));
        if (!call.matches()) {
          out.reject("no call");
          continue;
        }
        long number = Long.parseLong(call.group(1));
        out.beginRow();
        out.string(ID, "id-" + number);
        out.number(RISK, Double.parseDouble(call.group(3)));
        if (call.group(4).equals("1")) {
          breakOver(number); // with half a row in its hands
        }
        long second = LocalDateTime.parse(call.group(2)).toEpochSecond(ZoneOffset.UTC);
        out.endRow(SERIES, second * 1_000_000_000 + number);
      }
    }

    private static void breakOver(long number) {
      if (number % 2 == 0) {
        throw new IllegalStateException("broken on purpose");
      }
      recurse(number);
    }

    private static long recurse(long number) {
      return 1 + recurse(number + 1);
    }
  }
}
