package io.modelvane.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.BucketRetentionRules;
import com.influxdb.client.domain.Organization;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.exceptions.UnprocessableEntityException;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;

/**
 * Looks at start whether server, credentials, organisation and bucket are as configured, by writing
 * nothing: an empty write meets the same checks as a full one. (To ask for the list of buckets
 * would need the permission to read, which a token for writing need not have.)
 */
final class StartCheck {
  private final InfluxOptions options;
  private final Judge judge;
  private final ComponentContext context;

  StartCheck(InfluxOptions options, Judge judge, ComponentContext context) {
    this.options = options;
    this.judge = judge;
    this.context = context;
  }

  void run(Sender sender, InfluxDBClient client) throws ComponentException {
    Reply reply;
    try {
      reply = sender.probe();
    } catch (IOException unreachable) {
      // Also what a misconfigured certificate brings: it may be mended on the other side.
      throw new ComponentException(
          Outcome.Kind.RETRYABLE, judge.explain(unreachable).reason(), unreachable);
    }
    if (reply.status() == 404 && options.createBucket()) {
      create(client);
      return;
    }
    boolean dislikesNothing =
        (reply.status() == 400 || reply.status() == 422) && !reply.isForeign();
    if (!dislikesNothing && judge.judge(reply, false) instanceof Verdict.Failed failed) {
      Outcome outcome = failed.outcome();
      throw reply.status() == 404 && options.api() == Api.V2
          ? new ComponentException(
              outcome.kind(), outcome.reason() + ", or set 'create_bucket: true'")
          : ComponentException.of(outcome);
    }
  }

  private void create(InfluxDBClient client) throws ComponentException {
    try {
      Bucket bucket = new Bucket().name(options.bucket()).orgID(owner(client).getId());
      if (!options.retention().isZero()) {
        bucket.addRetentionRulesItem(
            new BucketRetentionRules()
                .everySeconds(Math.toIntExact(options.retention().toSeconds())));
      }
      client.getBucketsApi().createBucket(bucket);
      context.logger().log(System.Logger.Level.INFO, "made the bucket ''{0}''", options.bucket());
    } catch (UnprocessableEntityException exists) {
      throw failed(Outcome.Kind.RETRYABLE, exists); // another launcher was faster, or will be
    } catch (InfluxException refused) {
      boolean permission = refused.status() == 401 || refused.status() == 403;
      throw failed(permission ? Outcome.Kind.MISCONFIGURED : Outcome.Kind.RETRYABLE, refused);
    }
  }

  private Organization owner(InfluxDBClient client) throws ComponentException {
    String org = options.org().orElse("");
    return client.getOrganizationsApi().findOrganizations().stream()
        .filter(o -> org.equals(o.getName()) || org.equals(o.getId()))
        .findFirst()
        .orElseThrow(
            () ->
                new ComponentException(
                    Outcome.Kind.MISCONFIGURED,
                    "%s has no organisation '%s' that this token can see; check 'org'"
                        .formatted(judge.server(), org)));
  }

  private ComponentException failed(Outcome.Kind kind, InfluxException refused) {
    return new ComponentException(
        kind,
        context.redact(
            "%s has no bucket '%s', and making it failed: %d %s"
                .formatted(
                    judge.server(), options.bucket(), refused.status(), refused.getMessage())),
        refused);
  }
}
