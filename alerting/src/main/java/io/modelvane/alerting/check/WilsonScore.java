package io.modelvane.alerting.check;

/**
 * How sure a ratio is, by the score interval of E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", Journal of the American Statistical Association 22
 * (1927). With the ratio {@code p} of {@code n} and the quantile {@code z} of the standard normal
 * distribution, its ends are
 *
 * <pre>(p + z^2/2n +- z * sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)</pre>
 *
 * <p>The confidence is that of one end: a level looks at one only, so that {@code z} is 1.645 for
 * 95 %.
 *
 * @param z the quantile
 */
record WilsonScore(double z) {
  private static final double FARTHEST = 8; // 1 less the probability is below the last digit there

  /**
   * For a confidence.
   *
   * @param confidence from 0.5, which leaves the ratio as it is for large {@code n}, to below 1
   */
  static WilsonScore of(double confidence) {
    double low = 0;
    double high = FARTHEST;
    for (int step = 0; step < 60; step++) {
      double middle = (low + high) / 2;
      if (normal(middle) < confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new WilsonScore((low + high) / 2);
  }

  /**
   * The standard normal distribution, by the series of G. Marsaglia, "Evaluating the normal
   * distribution", Journal of Statistical Software 11 (2004).
   */
  private static double normal(double x) {
    double sum = x;
    double term = x;
    for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The ratio and its bounds. */
  Estimate of(double ratio, long number) {
    double share = z * z / number;
    double middle = ratio + share / 2;
    double spread = z * Math.sqrt((ratio * (1 - ratio) + share / 4) / number);
    double low = (middle - spread) / (1 + share);
    double high = (middle + spread) / (1 + share);
    return Estimate.between(
        ratio, Math.max(0, Math.min(low, ratio)), Math.min(1, Math.max(high, ratio)));
  }
}
