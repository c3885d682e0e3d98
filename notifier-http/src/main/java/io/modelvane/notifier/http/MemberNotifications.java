package io.modelvane.notifier.http;

import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notification.Member;
import io.modelvane.spi.Series;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A notification about several incidents, taken apart for receivers that keep each by itself. */
final class MemberNotifications {
  /** What one alert is known by. */
  private record Identity(String check, Series series) {}

  private MemberNotifications() {}

  /** One for each check and series, in the order of the members: the latest of its incidents. */
  static Collection<Notification> of(Notification told) {
    Map<Identity, Notification> each = new LinkedHashMap<>();
    for (Member member : told.members()) {
      Identity identity = new Identity(member.incident().check(), member.incident().series());
      each.merge(identity, of(told, member), MemberNotifications::later);
    }
    return each.values();
  }

  private static Notification later(Notification one, Notification other) {
    return other.incident().since().isAfter(one.incident().since()) ? other : one;
  }

  /** A member's own step is not known: it is over, or as bad as it is. */
  private static Notification of(Notification told, Member member) {
    boolean over = member.incident().level() == Level.OK;
    return new Notification(
        told.id(),
        told.rule(),
        member.incident(),
        over ? IncidentStep.RESOLVED : lasting(told.step()),
        over ? member.incident().worst() : member.incident().level(),
        member.status(),
        told.at(),
        told.attempt(),
        told.possibleRepeat(),
        told.link(),
        told.receipt());
  }

  private static IncidentStep lasting(IncidentStep step) {
    return step == IncidentStep.REPEATED || step == IncidentStep.ACKNOWLEDGED
        ? step
        : IncidentStep.OPENED;
  }
}
