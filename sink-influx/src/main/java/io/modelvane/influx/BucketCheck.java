package io.modelvane.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.BucketRetentionRules;
import com.influxdb.client.domain.Organization;
import com.influxdb.exceptions.ForbiddenException;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.exceptions.NotFoundException;
import com.influxdb.exceptions.UnauthorizedException;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.util.List;

/** Looks at start whether server, token, organisation and bucket are as configured (API v2). */
final class BucketCheck {
  private final InfluxOptions options;
  private final Judge judge;
  private final System.Logger logger;

  BucketCheck(InfluxOptions options, Judge judge, System.Logger logger) {
    this.options = options;
    this.judge = judge;
    this.logger = logger;
  }

  void run(InfluxDBClient client) throws ComponentException {
    try {
      if (client.getBucketsApi().findBucketByName(options.bucket()) == null) {
        missing(client);
      }
    } catch (NotFoundException noSuchApi) {
      logger.log(
          System.Logger.Level.DEBUG, "the server cannot list buckets; the first write will tell");
    } catch (ForbiddenException writeOnly) {
      logger.log(
          System.Logger.Level.DEBUG, "the token cannot list buckets; the first write will tell");
    } catch (UnauthorizedException refused) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          judge.server() + " does not know the token; check 'token'",
          refused);
    } catch (InfluxException failed) {
      throw explain(failed);
    }
  }

  private ComponentException explain(InfluxException failed) {
    boolean unreachable = failed.getCause() instanceof IOException || failed.status() == 0;
    return new ComponentException(
        Outcome.Kind.RETRYABLE,
        unreachable
            ? judge.server() + " cannot be reached; is it running, and 'url' right?"
            : judge.server() + " answers " + failed.status() + ": " + failed.getMessage(),
        failed);
  }

  private void missing(InfluxDBClient client) throws ComponentException {
    if (!options.createBucket()) {
      throw new ComponentException(
          Outcome.Kind.MISCONFIGURED,
          "%s has no bucket '%s' that this token can see; create it, correct 'bucket', or set 'create_bucket: true'"
              .formatted(judge.server(), options.bucket()));
    }
    String org = options.org().orElse("");
    List<Organization> organizations = client.getOrganizationsApi().findOrganizations();
    Organization owner =
        organizations.stream()
            .filter(o -> org.equals(o.getName()) || org.equals(o.getId()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ComponentException(
                        Outcome.Kind.MISCONFIGURED,
                        judge.server() + " has no organisation '" + org + "'; check 'org'"));
    Bucket bucket = new Bucket().name(options.bucket()).orgID(owner.getId());
    if (!options.retention().isZero()) {
      bucket.addRetentionRulesItem(
          new BucketRetentionRules()
              .everySeconds(Math.toIntExact(options.retention().toSeconds())));
    }
    client.getBucketsApi().createBucket(bucket);
    logger.log(System.Logger.Level.INFO, "made the bucket ''{0}''", options.bucket());
  }
}
