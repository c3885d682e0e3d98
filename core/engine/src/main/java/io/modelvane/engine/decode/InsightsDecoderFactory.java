package io.modelvane.engine.decode;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.DecoderFactory;
import java.util.List;

/** The preset for what Algorithmia's platform publishes. */
public final class InsightsDecoderFactory implements DecoderFactory<InsightsOptions> {
  @Override
  public String type() {
    return "algorithmia-insights";
  }

  @Override
  public String description() {
    return "Algorithmia Insights: measurement algorithmia, tags name, owner and version.";
  }

  @Override
  public Class<InsightsOptions> options() {
    return InsightsOptions.class;
  }

  @Override
  public Decoder create(InsightsOptions options, ComponentContext context) {
    List<String> strings = options.keepIds() ? List.of("request_id", "session_id") : List.of();
    return new JsonDecoder(JsonOptions.insights(strings), context);
  }
}
