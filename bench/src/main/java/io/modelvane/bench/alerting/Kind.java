package io.modelvane.bench.alerting;

/** Checks that cost differently. */
public enum Kind {
  /** A limit for every call. */
  CALL("{ type: threshold, field: risk_score, levels: { crit: \"> 0.999\", warn: \"> 0.99\" } }"),
  /** A limit that so many of the last calls must reach. */
  REQUIRED(
      "{ type: threshold, field: duration_milliseconds, levels: { warn: \"> 410\" },"
          + " require: 5 of 20 }"),
  /** The mean of a minute. */
  MEAN("{ type: threshold, field: risk_score, levels: { crit: \"> 0.6\" }, window: 1m }"),
  /** The mean of five minutes, every minute. */
  SLIDING(
      "{ type: threshold, field: risk_score, levels: { crit: \"> 0.6\" }, window: 5m,"
          + " every: 1m }"),
  /** A percentile of a minute. */
  PERCENTILE(
      "{ type: threshold, field: duration_milliseconds, aggregate: p95,"
          + " levels: { warn: \"> 410\" }, window: 1m }"),
  /** An expression over two fields of every call. */
  EXPRESSION(
      "{ type: expression, levels: { crit: \"risk_score > 0.999 && duration_milliseconds > 400\""
          + " } }"),
  /** An expression over two aggregates of a minute. */
  EXPRESSION_OF_WINDOWS(
      "{ type: expression, window: 1m,"
          + " levels: { crit: \"mean(error) > 0.2 && p95(duration_milliseconds) > 400\" } }");

  final String yaml;

  Kind(String yaml) {
    this.yaml = yaml;
  }
}
