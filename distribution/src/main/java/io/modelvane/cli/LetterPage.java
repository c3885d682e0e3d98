package io.modelvane.cli;

import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Event;
import io.modelvane.spi.Header;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dead letter for people: a name and a value a line, bytes as text where they are text. */
final class LetterPage {
  private static final int LONGEST = 16 * 1024;
  private static final String NEXT = System.lineSeparator() + " ".repeat(10);
  private static final Pattern HOSTILE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}&&[^\\n\\t\\x{200c}\\x{200d}]]");

  private final StringBuilder page = new StringBuilder();

  private LetterPage() {}

  static String of(KeptLetter kept) {
    LetterPage page = new LetterPage();
    DeadLetter letter = kept.letter();
    Event event = letter.event();
    page.line("letter", kept.id() + (kept.replayed() ? " (put back, or aside)" : ""));
    page.line("given up", letter.at().toString());
    page.line("pipeline", letter.pipeline() + ", " + letter.stage());
    page.line("reason", letter.reason());
    page.line("position", event.position().toString());
    event.time().ifPresent(time -> page.line("time", time.toString()));
    page.bytes("key", event.key());
    for (Header header : event.headers()) {
      page.bytes("header " + header.key(), header.value());
    }
    letter.line().ifPresent(line -> page.line("point", line));
    // The file has it with secrets masked; what is longer it has in Base64 alone.
    kept.text()
        .ifPresentOrElse(
            text -> page.line("value", text), () -> page.bytes("value", event.value()));
    return page.page.append(System.lineSeparator()).toString();
  }

  private void line(String name, String value) {
    page.append("%-9s %s%n".formatted(clean(name), clean(value).replace("\n", NEXT)));
  }

  /** What would move the cursor, ring, or turn the line around is named instead. */
  private static String clean(String text) {
    return HOSTILE.matcher(text).replaceAll(m -> "<U+%04X>".formatted(m.group().codePointAt(0)));
  }

  private void bytes(String name, byte @Nullable [] bytes) {
    if (bytes == null) {
      line(name, "(none)");
      return;
    }
    Optional<String> text = text(bytes);
    String shown = text.orElseGet(() -> "base64 " + Base64.getEncoder().encodeToString(bytes));
    line(
        name,
        shown.length() <= LONGEST
            ? shown
            : shown.substring(0, LONGEST) + "... (" + bytes.length + " bytes)");
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean control = text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
      return control ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }
}
