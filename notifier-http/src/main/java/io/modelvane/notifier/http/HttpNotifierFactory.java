package io.modelvane.notifier.http;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Templates;
import java.net.URI;

/** Makes the notifier {@code http}. */
final class HttpNotifierFactory implements NotifierFactory<HttpOptions> {
  @Override
  public String type() {
    return "http";
  }

  @Override
  public String description() {
    return "Calls a webhook, with a body of yours or ours.";
  }

  @Override
  public Class<HttpOptions> options() {
    return HttpOptions.class;
  }

  @Override
  public void validate(HttpOptions options, Problems problems) {
    checkUrl("url", options.url().reveal(), problems);
    if (options.bearerToken().isPresent() && options.username().isPresent()) {
      problems.add("bearer_token", "cannot stand beside username; keep one of the two");
    }
    if (options.username().isPresent() != options.password().isPresent()) {
      problems.add("username", "username and password belong together");
    }
    options.body().ifPresent(body -> checkTemplate("body", body, problems));
    options
        .signingSecret()
        .ifPresent(
            secret -> {
              if (!Signature.isValidSecret(secret.reveal())) {
                problems.add("signing_secret", "must be whsec_ and 24 to 64 bytes in Base64");
              }
            });
  }

  private static void checkTemplate(String option, String text, Problems problems) {
    try {
      var unused = new Templates(value -> value).compile(text);
    } catch (IllegalArgumentException invalid) {
      problems.add(option, String.valueOf(invalid.getMessage()));
    }
  }

  private static void checkUrl(String option, String text, Problems problems) {
    try {
      URI url = URI.create(text);
      String scheme = String.valueOf(url.getScheme());
      if (!scheme.matches("https?") || url.getHost() == null) {
        problems.add(option, "must begin with http:// or https:// and name a host");
      }
    } catch (IllegalArgumentException invalid) {
      problems.add(option, "is not a URL"); // its text may be a secret
    }
  }

  @Override
  public Notifier create(HttpOptions options, ComponentContext context) {
    return new HttpNotifier(options, context);
  }
}
