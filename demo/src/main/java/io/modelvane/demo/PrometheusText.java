package io.modelvane.demo;

/** Numbers in the text of a {@code /metrics} page. */
record PrometheusText(String text) {

  /**
   * The sum over all series of a name whose line contains a label.
   *
   * @param label as it stands there, for example {@code pipeline="metrics"}; empty for all
   */
  double sum(String name, String label) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .filter(Double::isFinite)
        .sum();
  }
}
