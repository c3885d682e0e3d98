package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What expressions say of a single call. A call that lacks a field they name says nothing. */
final class ExpressionCallMeasure implements CallMeasure {
  private final List<Variable> variables;
  private final @Nullable FieldKey[] keys;
  private final int[] hints;
  private final Values values;
  private final Optional<Level> onTrouble;

  ExpressionCallMeasure(Formula formula, Optional<Level> onTrouble) {
    this.variables = formula.variables();
    this.keys = new @Nullable FieldKey[variables.size()];
    this.hints = new int[variables.size()];
    this.values = new Values(formula);
    this.onTrouble = onTrouble;
    for (int i = 0; i < keys.length; i++) {
      Variable variable = variables.get(i);
      keys[i] = variable.kind() == Variable.Kind.TAG ? null : FieldKey.of(variable.of());
    }
  }

  @Override
  public Optional<FieldKey> field() {
    return Optional.empty();
  }

  @Override
  public Estimate read(Row row, Verdicts out) {
    for (int i = 0; i < keys.length; i++) {
      Object value = read(row, i, out);
      if (value == null) {
        values.clearTrouble();
        return Estimate.NOTHING;
      }
      values.put(i, value);
    }
    return values.evaluate();
  }

  private @Nullable Object read(Row row, int variable, Verdicts out) {
    FieldKey key = keys[variable];
    if (key == null) {
      return Objects.requireNonNullElse(row.series().tag(variables.get(variable).of()), "");
    }
    int at = row.find(key, hints[variable]);
    if (at < 0) {
      return null;
    }
    hints[variable] = row.hint(at);
    if (variables.get(variable).isText()) {
      return row.text(key);
    }
    double number = row.number(at);
    if (Double.isNaN(number)) {
      out.notNumeric();
      return null;
    }
    return number;
  }

  @Override
  public String sentence(Estimate found, Map<String, String> details) {
    return values.sentence(found, details);
  }

  @Override
  public String trouble() {
    return values.trouble();
  }

  @Override
  public Optional<Level> onTrouble() {
    return onTrouble;
  }

  @Override
  public void encode(ByteWriter out) {
    values.encode(out);
  }

  @Override
  public void decode(ByteReader in) {
    values.decode(in);
  }
}
