package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void longCellsAreCutAndLeaveTheOthersWhereTheyAre() {
    TextTable table = new TextTable("SERIES", "LEVEL", "WHAT");
    table.row("calls,model=" + "x".repeat(10_000), "crit", "y".repeat(10_000));
    table.row("calls,model=a", "warn", "score is 0.9");

    List<String> lines = table.toString().lines().toList();
    assertThat(lines.get(1))
        .startsWith("calls,model=xxx")
        .contains("xxx...  crit   yyy")
        .endsWith("yyy...");
    assertThat(lines).allMatch(line -> line.length() <= 260);
    assertThat(lines.get(2)).matches("calls,model=a {35}warn {3}score is 0.9");
  }

  @Test
  void storiesAreToldInFull() {
    TextTable table = TextTable.ofStories("TIME", "WHAT");
    table.row("10:00", "y".repeat(10_000));
    assertThat(table.toString()).contains("y".repeat(10_000));
  }

  @Test
  void noCellCutsAnEmojiInTwoOrMovesTheCursor() {
    TextTable table = new TextTable("A", "B");
    table.row("\uD83D\uDE00".repeat(100), "red\u001B[31m \u202Eabc\u0085\u2028");

    assertThat(table.toString().lines().skip(1))
        .containsExactly("\uD83D\uDE00".repeat(43) + "...  red [31m  abc");
  }
}
