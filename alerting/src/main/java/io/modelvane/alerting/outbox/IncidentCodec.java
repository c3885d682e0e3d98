package io.modelvane.alerting.outbox;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Incidents and statuses as bytes. The first number is the version of the encoding. */
public final class IncidentCodec {
  private static final int VERSION = 1;

  private IncidentCodec() {}

  /** An incident as bytes. */
  public static byte[] encode(Incident incident) {
    ByteWriter out = new ByteWriter().putLong(VERSION);
    out.putText(incident.id())
        .putText(incident.key())
        .putText(incident.check())
        .putSeries(incident.series());
    out.putText(incident.level().name()).putText(incident.worst().name());
    return time(out, incident.since()).putLong(incident.breaches()).toBytes();
  }

  /** The incident in bytes that {@link #encode(Incident)} made. */
  public static Incident incident(byte[] bytes) {
    ByteReader in = reader(bytes);
    String id = in.nextText();
    String key = in.nextText();
    String check = in.nextText();
    Series series = in.nextSeries();
    Level level = Level.valueOf(in.nextText());
    Level worst = Level.valueOf(in.nextText());
    return new Incident(id, key, check, series, level, worst, time(in), in.nextLong());
  }

  /** A status as bytes. */
  public static byte[] encode(Status status) {
    ByteWriter out = new ByteWriter().putLong(VERSION);
    out.putText(status.check()).putText(status.checkType()).putSeries(status.series());
    out.putText(status.level().name());
    time(time(out, status.time()), status.sourceTime());
    out.putLong(status.field().isPresent() ? 1 : 0).putText(status.field().orElse(""));
    out.putLong(status.value().isPresent() ? 1 : 0).putDouble(status.value().orElse(0));
    return out.putText(status.message()).putTexts(status.details()).toBytes();
  }

  /** The status in bytes that {@link #encode(Status)} made. */
  public static Status status(byte[] bytes) {
    ByteReader in = reader(bytes);
    String check = in.nextText();
    String type = in.nextText();
    Series series = in.nextSeries();
    Level level = Level.valueOf(in.nextText());
    Instant time = time(in);
    Instant sourceTime = time(in);
    boolean hasField = in.nextLong() == 1;
    String field = in.nextText();
    boolean hasValue = in.nextLong() == 1;
    double value = in.nextDouble();
    return new Status(
        check,
        type,
        series,
        level,
        time,
        sourceTime,
        hasField ? Optional.of(field) : Optional.empty(),
        hasValue ? OptionalDouble.of(value) : OptionalDouble.empty(),
        in.nextText(),
        in.nextTexts());
  }

  private static ByteReader reader(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    long version = in.nextLong();
    if (version != VERSION) {
      throw new IllegalStateException("an incident of version " + version);
    }
    return in;
  }

  private static ByteWriter time(ByteWriter out, Instant time) {
    return out.putLong(time.getEpochSecond()).putLong(time.getNano());
  }

  private static Instant time(ByteReader in) {
    long seconds = in.nextLong();
    return Instant.ofEpochSecond(seconds, in.nextLong());
  }
}
