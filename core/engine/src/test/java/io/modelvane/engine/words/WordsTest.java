package io.modelvane.engine.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.spi.Health;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void forgesNoLineAndNoColour() {
    assertThat(Words.line("no\r\n2026-01-01 ERROR all is lost\u001b[31m red\u2028x\u0085y\tz"))
        .isEqualTo("no 2026-01-01 ERROR all is lost [31m red x y z");
  }

  @Test
  void turnsNoDirectionAndLeavesOutWhatNobodySees() {
    assertThat(Words.line("\u202etxt.exe\u202c \u2066a\u2069 \u200fb\ufeff"))
        .isEqualTo("txt.exe a b");
  }

  @Test
  void keepsWhatIsWritten() {
    String family = "\ud83d\udc69\u200d\ud83d\udc67";
    assertThat(Words.line("Größe 字 " + family)).isEqualTo("Größe 字 " + family);
    assertThat(Words.line("half \ud83d")).isEqualTo("half \ufffd");
  }

  @Test
  void aLongTextIsCutOnceAndSaysSo() {
    String cut = Words.line("x".repeat(200_000));
    assertThat(cut).hasSize(Words.MOST).endsWith("x... (cut from 200000 characters)");
    assertThat(Words.line(cut)).isEqualTo(cut);
    assertThat(Words.line("x".repeat(Words.MOST))).hasSize(Words.MOST).doesNotContain("cut");
  }

  @Test
  void reasonsOnTheBoardAreMaskedBeforeTheyAreCut() {
    HealthBoard board = new HealthBoard(text -> text.replace("hunter2hunter2", "****"));
    String secret = "x".repeat(Words.MOST - 40) + "hunter2hunter2" + "y".repeat(500);
    board.set("sink a", new Health(Health.State.DOWN, secret + "\nforged"));
    assertThat(board.get("sink a").reason())
        .hasSizeLessThanOrEqualTo(Words.MOST)
        .doesNotContain("hunter", "\n");
  }
}
