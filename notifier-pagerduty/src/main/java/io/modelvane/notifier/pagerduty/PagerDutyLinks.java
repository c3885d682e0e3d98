package io.modelvane.notifier.pagerduty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Escapes;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.OptionChecks;
import io.modelvane.toolkit.Templates;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Links and images of an event. One that did not come out as a URL is left out, and the details say
 * so: PagerDuty would refuse the whole event, and the alert would be lost.
 */
final class PagerDutyLinks {
  private static final int MOST_WORDS = 300;

  private record Link(Templates.Template href, Templates.Template text) {}

  private record Image(
      Templates.Template src, Optional<Templates.Template> href, Templates.Template alt) {}

  private final List<Link> links = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();

  PagerDutyLinks(PagerDutyOptions options) {
    Templates plain = new Templates(text -> text);
    Templates urls = new Templates(Escapes::url);
    options
        .links()
        .forEach(
            link -> links.add(new Link(urls.compile(link.href()), plain.compile(link.text()))));
    options
        .images()
        .forEach(
            image ->
                images.add(
                    new Image(
                        urls.compile(image.src()),
                        image.href().map(urls::compile),
                        plain.compile(image.alt()))));
  }

  void add(ObjectNode event, ObjectNode details, Map<String, Object> values) {
    List<String> leftOut = new ArrayList<>();
    ArrayNode shown = links(values, leftOut);
    ArrayNode pictures = pictures(values, leftOut);
    if (!shown.isEmpty()) {
      event.set("links", shown);
    }
    if (!pictures.isEmpty()) {
      event.set("images", pictures);
    }
    if (!leftOut.isEmpty()) {
      details.put("no_url", String.join("; ", leftOut));
    }
  }

  /** The notification's own link first. */
  private ArrayNode links(Map<String, Object> values, List<String> leftOut) {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    String own = String.valueOf(values.get("link"));
    if (!own.isEmpty()) {
      shown.addObject().put("href", own).put("text", "Look");
    }
    for (Link link : links) {
      String href = link.href().render(values);
      if (isUrl(href, "https?")) {
        shown.addObject().put("href", href).put("text", words(link.text(), values));
      } else {
        leftOut.add("link " + MessageValues.cut(href, MOST_WORDS));
      }
    }
    return shown;
  }

  private ArrayNode pictures(Map<String, Object> values, List<String> leftOut) {
    ArrayNode pictures = JsonNodeFactory.instance.arrayNode();
    for (Image image : images) {
      String src = image.src().render(values);
      if (!isUrl(src, "https")) {
        leftOut.add("image " + MessageValues.cut(src, MOST_WORDS));
        continue;
      }
      ObjectNode picture = pictures.addObject().put("src", src);
      picture.put("alt", words(image.alt(), values));
      image
          .href()
          .map(template -> template.render(values))
          .filter(href -> isUrl(href, "https?"))
          .ifPresent(href -> picture.put("href", href));
    }
    return pictures;
  }

  private static String words(Templates.Template template, Map<String, Object> values) {
    return MessageValues.cut(MessageValues.orHeadline(template.render(values), values), MOST_WORDS);
  }

  private static boolean isUrl(String text, String scheme) {
    try {
      URI url = URI.create(text);
      return String.valueOf(url.getScheme()).matches(scheme) && url.getHost() != null;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** Reports templates that cannot be read, and images that cannot be. */
  static void check(PagerDutyOptions options, Problems problems) {
    for (int i = 0; i < options.links().size(); i++) {
      PagerDutyOptions.Link link = options.links().get(i);
      OptionChecks.template("links[" + i + "].href", link.href(), problems);
      OptionChecks.template("links[" + i + "].text", link.text(), problems);
    }
    for (int i = 0; i < options.images().size(); i++) {
      PagerDutyOptions.Image image = options.images().get(i);
      String at = "images[" + i + "]";
      OptionChecks.template(at + ".src", image.src(), problems);
      OptionChecks.template(at + ".alt", image.alt(), problems);
      image.href().ifPresent(href -> OptionChecks.template(at + ".href", href, problems));
      if (image.src().startsWith("http://")) {
        problems.add(at + ".src", "must begin with https://: PagerDuty shows no other images");
      }
    }
  }
}
