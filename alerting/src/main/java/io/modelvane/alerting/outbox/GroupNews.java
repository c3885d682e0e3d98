package io.modelvane.alerting.outbox;

import io.modelvane.spi.IncidentStep;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a group within one transaction, to be told of once: of a thousand models that
 * fall silent together, each would else make the group read and tell all of them.
 */
final class GroupNews {
  private final List<Wish> wishes = new ArrayList<>();
  private boolean worse;
  private boolean ended;

  /**
   * A member is to be told of.
   *
   * @param joined whether it is new in the group
   */
  void tell(Wish wish, boolean joined) {
    wishes.add(wish);
    worse |= joined || wish.step() != IncidentStep.IMPROVED;
  }

  /** A member is over. */
  void end() {
    ended = true;
  }

  List<Wish> wishes() {
    return wishes;
  }

  /** Whether a member is over. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether anything has to be told. */
  boolean isWorthTelling() {
    return ended || !wishes.isEmpty();
  }

  /** What became of the group as a whole. */
  IncidentStep step() {
    return worse ? IncidentStep.WORSENED : IncidentStep.IMPROVED;
  }
}
