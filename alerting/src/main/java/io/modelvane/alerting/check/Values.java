package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of a formula's variables, as they are tried and as they held last. */
final class Values {
  private final List<Variable> variables;
  private final Formula formula;
  private final Map<String, Object> tried = new HashMap<>();
  private Object[] last;
  private String trouble = "";

  Values(Formula formula) {
    this.formula = formula;
    this.variables = formula.variables();
    this.last = new Object[0];
  }

  void put(int variable, Object value) {
    tried.put(ExpressionNames.name(variable), value);
  }

  /** What follows from the values that were put; nothing after a {@link #trouble()}. */
  Estimate evaluate() {
    try {
      Estimate found = formula.evaluate(tried);
      remember();
      trouble = "";
      return found;
    } catch (Expression.Failure failed) {
      trouble = String.valueOf(failed.getMessage());
      return Estimate.NOTHING;
    }
  }

  private void remember() {
    if (last.length != variables.size()) {
      last = new Object[variables.size()];
    }
    for (int i = 0; i < last.length; i++) {
      last[i] = tried.getOrDefault(ExpressionNames.name(i), "");
    }
  }

  /** There was nothing to evaluate. */
  void clearTrouble() {
    trouble = "";
  }

  /** Why there is no value; empty where there is. */
  String trouble() {
    return trouble;
  }

  /** {@code errors is 3, total is 50}. */
  String sentence(Estimate found, Map<String, String> details) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < last.length; i++) {
      String name = variables.get(i).toString();
      boolean number = last[i] instanceof Double;
      details.put(name, number ? Figures.exact((Double) last[i]) : last[i].toString());
      parts.add(
          "%s is %s"
              .formatted(name, number ? Figures.shortened((Double) last[i]) : "'" + last[i] + "'"));
    }
    String all = String.join(", ", parts);
    if (Double.isNaN(found.value())) {
      return all;
    }
    details.put("value", Figures.exact(found.value()));
    return "%s (%s)".formatted(Figures.shortened(found.value()), all);
  }

  void encode(ByteWriter out) {
    out.putText(trouble).put(last.length > 0 ? 1 : 0);
    for (Object value : last) {
      if (value instanceof Double number) {
        out.putDouble(number);
      } else {
        out.putText(value.toString());
      }
    }
  }

  void decode(ByteReader in) {
    trouble = in.nextText();
    last = new Object[in.next() == 1 ? variables.size() : 0];
    for (int i = 0; i < last.length; i++) {
      last[i] = variables.get(i).isText() ? in.nextText() : (Object) in.nextDouble();
    }
  }
}
