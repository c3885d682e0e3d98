package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.MemberDescription;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a source which has to read alone does. It looks at the group before it joins, at
 * each assignment, and every few seconds. Who finds others yields, but who has been alone in the
 * group since it joined stays: it was there first, and the others yield. Used by the pipeline's
 * thread.
 */
final class Rivals {
  private static final long LOOK_NANOS = Duration.ofSeconds(3).toNanos();

  private final Brokers brokers;
  private final String group;
  private final String clientId;
  private final Optional<String> instanceId;
  private boolean first;
  private long looked = System.nanoTime();
  private final AtomicReference<@Nullable Collection<MemberDescription>> answer =
      new AtomicReference<>();
  private String seen = "";

  Rivals(Brokers brokers, KafkaSourceOptions options, ComponentContext context)
      throws ComponentException {
    this.brokers = brokers;
    this.group = ConsumerSettings.group(options, context);
    this.clientId = ConsumerSettings.lonelyClientId(options, context);
    this.instanceId = ConsumerSettings.instanceId(options, context);
  }

  /**
   * Before joining: fails when others are in the group.
   *
   * @param kind as what it fails
   */
  void refuse(Outcome.Kind kind) throws ComponentException, InterruptedException {
    first = false;
    String others = others(brokers.members(group));
    if (!others.isEmpty()) {
      throw new ComponentException(kind, words(others));
    }
  }

  /** In the group: fails when others are there as well, unless it was there first. */
  void check() throws ComponentException, InterruptedException {
    if (!first) {
      refuse(Outcome.Kind.RETRYABLE);
      first = true;
    }
  }

  /** Its partitions were lost: whoever has them now was there first. */
  void lost() {
    first = false;
  }

  /** After each poll: looks when it is time to, without waiting. */
  void look() {
    Collection<MemberDescription> members = answer.getAndSet(null);
    if (members != null) {
      seen = others(members);
    }
    if (System.nanoTime() - looked >= LOOK_NANOS) {
      looked = System.nanoTime();
      var unused =
          brokers
              .askGroup(group)
              .whenComplete(
                  (found, failure) -> {
                    if (failure == null) {
                      answer.set(found.members());
                    }
                  });
    }
  }

  /** Who has come although it was there first, in words; empty when nobody has. */
  String seen() {
    return seen.isEmpty() ? "" : words(seen);
  }

  private String others(Collection<MemberDescription> members) {
    return members.stream()
        .filter(member -> !isOwn(member))
        .map(member -> name(member) + " at " + member.host().replaceFirst("^/", ""))
        .distinct()
        .limit(5)
        .collect(Collectors.joining(", "));
  }

  /** This process, or its earlier life, whose ghost stays in the group for a while. */
  private boolean isOwn(MemberDescription member) {
    return member.clientId().equals(clientId) && member.groupInstanceId().equals(instanceId);
  }

  private static String name(MemberDescription member) {
    return member.clientId().isEmpty() ? member.consumerId() : member.clientId();
  }

  private String words(String others) {
    return ("the consumer group %s is in use by %s, and a sink of this pipeline needs every message"
            + " of it; stop that process (one that was killed leaves the group after its"
            + " session_timeout), or leave this pipeline out here: sinks that store only can be fed"
            + " by as many processes as you like")
        .formatted(group, others);
  }
}
