package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.demo.Screen.Tone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final String ESCAPE = "\u001b[";
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void withoutATerminalThereAreNoControlCharacters() {
    Screen screen = screen(false, 80);

    screen.say(Tone.BAD, "it burns");
    screen.show(at(0));
    screen.clear();

    assertThat(text())
        .doesNotContain("\u001b", "\r")
        .startsWith("it burns" + System.lineSeparator());
  }

  @Test
  void withoutATerminalThereIsALineEveryTwoSeconds() {
    Screen screen = screen(false, 80);

    for (int halfSecond = 0; halfSecond <= 8; halfSecond++) {
      screen.show(at(500L * halfSecond));
    }

    assertThat(text().lines()).hasSize(3);
    assertThat(text()).contains("1,234 produced", "lag 7", "2 notifications; now: silence x crit");
  }

  @Test
  void terminalKeepsLinesAboveWhatIsRedrawn() {
    Screen screen = screen(true, 80);

    screen.show(at(0));
    screen.say("news");
    screen.show(at(500));

    String up = ESCAPE + "3A\r" + ESCAPE + "J";
    String[] pieces = text().split(java.util.regex.Pattern.quote(up), -1);
    assertThat(pieces).hasSize(3);
    assertThat(pieces[1]).startsWith("news" + System.lineSeparator()).contains("produced");
    assertThat(pieces[2]).doesNotContain("news");
  }

  @Test
  void clearedTerminalHoldsOnlyTheLinesThatStay() {
    Screen screen = screen(true, 80);

    screen.show(at(0));
    screen.clear();
    screen.clear();

    assertThat(text()).endsWith(ESCAPE + "3A\r" + ESCAPE + "J");
  }

  @Test
  void redrawnLinesNeverWrap() {
    Screen screen = screen(true, 40);

    screen.show(at(0));

    assertThat(text().lines()).allMatch(line -> line.length() < 40);
  }

  @Test
  void terminalShowsColoursAndTakesThemBack() {
    screen(true, 80).say(Tone.BAD, "it burns");

    assertThat(text()).startsWith(ESCAPE + "1;31mit burns" + ESCAPE + "0m");
  }

  private Screen screen(boolean terminal, int width) {
    return new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, width);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private static Snapshot at(long millis) {
    return new Snapshot(
        Duration.ofMillis(millis), 200, 1_234, 1_227, 7, 3, 2, List.of("silence x crit"));
  }
}
