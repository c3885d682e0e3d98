package io.modelvane.demo;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A model as its callers see it.
 *
 * @param share its part of all calls
 * @param duration how long a call takes, in milliseconds
 */
record Model(
    String owner,
    String name,
    String version,
    double share,
    LogNormal duration,
    List<Metric> metrics) {
  static final String RISKY = "credit_card_approval";
  static final String SILENT = "image_tagger";

  /** Two teams, five models, unlike in load, pace and what they report. */
  static final List<Model> ALL =
      List.of(
          new Model(
              "asli",
              RISKY,
              "1.0.6",
              0.30,
              new LogNormal(8, 0.5),
              // never above 0.5 in quiet times: a lone outlier would be an incident of its own
              List.of(new Metric("risk_score", 4, 26, 0.5), new Metric("approved", 0, 0, 1))),
          new Model(
              "asli",
              "fraud_screening",
              "2.3.0",
              0.25,
              new LogNormal(25, 0.6),
              List.of(new Metric("fraud_score", 2, 18, 1), new Metric("confidence", 9, 2, 1))),
          new Model(
              "asli",
              "churn_forecast",
              "0.9.2",
              0.15,
              new LogNormal(60, 0.4),
              List.of(new Metric("churn_probability", 3, 7, 1))),
          new Model(
              "medlab",
              "triage_sentiment",
              "4.1.1",
              0.20,
              new LogNormal(120, 0.7),
              List.of(new Metric("sentiment", 5, 5, 1), new Metric("confidence", 8, 2, 1))),
          new Model(
              "medlab",
              SILENT,
              "1.4.0",
              0.10,
              new LogNormal(400, 0.8),
              List.of(new Metric("confidence", 7, 3, 1), new Metric("tags_found", 3, 3, 20))));

  Model {
    metrics = List.copyOf(metrics);
  }

  /**
   * How long calls take: most near the median, a few very long.
   *
   * @param median in milliseconds
   * @param sigma of the logarithm
   */
  record LogNormal(double median, double sigma) {
    double sample(SplittableRandom random) {
      return median * Math.exp(sigma * gaussian(random));
    }

    // Box and Muller, https://doi.org/10.1214/aoms/1177706645; SplittableRandom has no nextGaussian
    // before 17's interface
    private static double gaussian(SplittableRandom random) {
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
  }

  /**
   * A number that a model reports.
   *
   * @param successes the first parameter of its beta distribution; 0 for a yes-or-no of which nine
   *     in ten are yes
   * @param failures the second parameter
   * @param largest what 1 becomes
   */
  record Metric(String name, int successes, int failures, double largest) {
    double sample(SplittableRandom random) {
      if (successes == 0) {
        return random.nextDouble() < 0.9 ? largest : 0;
      }
      return largest * orderStatistic(random, successes, successes + failures - 1);
    }
  }

  /** The k-th smallest of n even random numbers is distributed as Beta(k, n + 1 - k). */
  static double orderStatistic(SplittableRandom random, int k, int n) {
    double[] drawn = random.doubles(n).sorted().toArray();
    return drawn[k - 1];
  }
}
