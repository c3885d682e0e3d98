package io.modelvane.notifier.http;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.OptionChecks;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the notifier {@code http}. */
final class HttpNotifierFactory implements NotifierFactory<HttpOptions> {
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("[\\w.+-]+/[\\w.+-]+(\\s*;\\s*[\\w.+-]+=[\\w.+-]+)*");
  private static final Pattern UTF_8 = Pattern.compile("(?i)charset=utf-8\\b");

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
    OptionChecks.url("url", options.url().reveal(), problems);
    if (options.bearerToken().isPresent() && options.username().isPresent()) {
      problems.add("bearer_token", "cannot stand beside username; keep one of the two");
    }
    if (options.username().isPresent() != options.password().isPresent()) {
      problems.add("username", "username and password belong together");
    }
    options.contentType().ifPresent(type -> checkContentType(type, problems));
    checkBody(options, problems);
    HttpHeaders.check(options, problems);
    if (!options.signingSecret().stream().allMatch(Signature::isValidSecret)) {
      problems.add("signing_secret", "must be whsec_ and 24 to 64 bytes in Base64");
    }
  }

  private static void checkBody(HttpOptions options, Problems problems) {
    boolean custom = options.bodyFormat() == HttpOptions.Format.CUSTOM;
    if (custom && options.body().isEmpty()) {
      problems.add("body", "is missing: format: custom sends what body says");
    } else if (custom) {
      CustomBody.check(options, problems);
    } else if (options.body().isPresent()) {
      problems.add("body", "has no use with this format; leave one of the two out");
    }
    if (!options.fields().isEmpty()
        && (custom || options.bodyFormat() == HttpOptions.Format.INFLUXDB)) {
      problems.add("fields", "have no use with this format; leave them out");
    }
    OptionChecks.template("title", options.title(), problems);
    OptionChecks.template("text", options.text(), problems);
    Fields.check(options.fields(), problems);
  }

  private static void checkContentType(String text, Problems problems) {
    Matcher type = CONTENT_TYPE.matcher(text);
    if (!type.matches()) {
      problems.add("content_type", "is no content type; write application/json, say");
    } else if (text.toLowerCase(Locale.ROOT).contains("charset") && !UTF_8.matcher(text).find()) {
      problems.add("content_type", "names a character set, and bodies are UTF-8");
    }
  }

  @Override
  public Notifier create(HttpOptions options, ComponentContext context) {
    return new HttpNotifier(options, context);
  }
}
