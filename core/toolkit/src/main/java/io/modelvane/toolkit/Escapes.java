package io.modelvane.toolkit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Makes a text of unknown origin safe inside a format. */
public final class Escapes {
  private Escapes() {}

  /** For texts and attributes in double quotes of HTML and XML. */
  public static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** For the inside of a JSON text, without the quotes around it. */
  public static String json(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  /** For one segment of a path or one value of a query of a URL, or of a form. */
  public static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
