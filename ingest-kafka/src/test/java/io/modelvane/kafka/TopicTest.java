package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicTest {
  private final Topic topic = new Topic("id-of-it", 3);

  @Test
  void noteIsReadBack() {
    assertThat(Topic.fromNote(topic.note())).contains(topic);
    assertThat(Topic.fromNote(Topic.UNKNOWN.note())).contains(Topic.UNKNOWN);
  }

  @Test
  void notesOfOthersSayNothing() {
    assertThat(Topic.fromNote("")).isEmpty();
    assertThat(Topic.fromNote("modelvane/2 id 3")).isEmpty();
  }

  @Test
  void isAnotherOnlyWhenBothAreKnown() {
    assertThat(topic.isOther(new Topic("other", 3))).isTrue();
    assertThat(topic.isOther(new Topic("id-of-it", 9))).isFalse();
    assertThat(topic.isOther(Topic.UNKNOWN)).isFalse();
    assertThat(Topic.UNKNOWN.isOther(topic)).isFalse();
  }
}
