package io.modelvane.engine.decode;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.DecoderFactory;

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
    return new JsonDecoder(JsonOptions.insights(options.keepIds()), context);
  }
}
