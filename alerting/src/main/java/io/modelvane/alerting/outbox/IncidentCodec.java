package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.BlobReader;
import io.modelvane.alerting.history.BlobWriter;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Incidents and statuses as bytes. The first number is the version of the encoding. */
final class IncidentCodec {
  private static final int VERSION = 1;

  private IncidentCodec() {}

  static byte[] encode(Incident incident) {
    BlobWriter out = new BlobWriter().number(VERSION);
    out.text(incident.id()).text(incident.key()).text(incident.check()).series(incident.series());
    out.text(incident.level().name()).text(incident.worst().name());
    return time(out, incident.since()).number(incident.breaches()).bytes();
  }

  static Incident incident(byte[] bytes) {
    BlobReader in = reader(bytes);
    String id = in.text();
    String key = in.text();
    String check = in.text();
    Series series = in.series();
    Level level = Level.valueOf(in.text());
    Level worst = Level.valueOf(in.text());
    return new Incident(id, key, check, series, level, worst, time(in), in.number());
  }

  static byte[] encode(Status status) {
    BlobWriter out = new BlobWriter().number(VERSION);
    out.text(status.check()).text(status.checkType()).series(status.series());
    out.text(status.level().name());
    time(time(out, status.time()), status.sourceTime());
    out.number(status.field().isPresent() ? 1 : 0).text(status.field().orElse(""));
    out.number(status.value().isPresent() ? 1 : 0).real(status.value().orElse(0));
    return out.text(status.message()).texts(status.details()).bytes();
  }

  static Status status(byte[] bytes) {
    BlobReader in = reader(bytes);
    String check = in.text();
    String type = in.text();
    Series series = in.series();
    Level level = Level.valueOf(in.text());
    Instant time = time(in);
    Instant sourceTime = time(in);
    boolean hasField = in.number() == 1;
    String field = in.text();
    boolean hasValue = in.number() == 1;
    double value = in.real();
    return new Status(
        check,
        type,
        series,
        level,
        time,
        sourceTime,
        hasField ? Optional.of(field) : Optional.empty(),
        hasValue ? OptionalDouble.of(value) : OptionalDouble.empty(),
        in.text(),
        in.texts());
  }

  private static BlobReader reader(byte[] bytes) {
    BlobReader in = new BlobReader(bytes);
    long version = in.number();
    if (version != VERSION) {
      throw new IllegalStateException("an incident of version " + version);
    }
    return in;
  }

  private static BlobWriter time(BlobWriter out, Instant time) {
    return out.number(time.getEpochSecond()).number(time.getNano());
  }

  private static Instant time(BlobReader in) {
    long seconds = in.number();
    return Instant.ofEpochSecond(seconds, in.number());
  }
}
