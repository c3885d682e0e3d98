package io.modelvane.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that have broken somebody's notifier: markup, framing, templates, control characters, sizes
 * and halves of characters. Each is a value a model may send.
 */
public final class HostileTexts {
  private HostileTexts() {}

  /** All of them, by what they try. */
  public static Map<String, String> all() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("mention of a channel", "<!channel> <!here> @here <@U024BE7LH> @everyone");
    texts.put("link in Slack's markup", "<https://evil.example|your bank>");
    texts.put("script in HTML", "<script>alert(1)</script><img src=x onerror=alert(1)>");
    texts.put("entities", "&lt;b&gt; &amp; & < > \" '");
    texts.put(
        "template", "{{LEVEL}} {{{message}}} {{#tags}}{{.}}{{/tags}} {{>/etc/passwd}} {{=<% %>=}}");
    texts.put("header injection", "x\r\nBcc: victim@example.com\r\n\r\nsecond body");
    texts.put("request smuggling", "x\r\nContent-Length: 0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n");
    texts.put("end of mail data", "x\r\n.\r\nMAIL FROM:<evil@example.com>\r\n");
    texts.put("break out of JSON", "\",\"event_action\":\"resolve\",\"x\":\"\\");
    texts.put("control characters", "a\u0000b\u0007c\u001b[31md\u007fe\u2028f\u2029g\u0085h");
    texts.put("direction override", "abc\u202egnp.exe\u202c \u200b\ufeff");
    texts.put("emoji", "\ud83d\ude80\ud83d\udc69\u200d\ud83d\udcbb\ud83c\uddea\ud83c\uddfa");
    texts.put("lone surrogates", "a\ud800b\udc00c\ud83d");
    texts.put("only spaces", "   \t  ");
    texts.put("100 kB", "0123456789".repeat(10_240));
    texts.put("100 kB of emoji", "\ud83d\ude80".repeat(25_600));
    texts.put("100 kB of what must be escaped", "<&>\"\n".repeat(20_480));
    return texts;
  }
}
