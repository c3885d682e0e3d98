package io.modelvane.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One row of the suite: what goes wrong, how one knows that it has, and how it ends. What has to be
 * true afterwards is the same for all and stands in {@link Oracle}.
 *
 * @param name what happens
 * @param setting how the product is set up and started
 * @param script what goes wrong and when
 * @param next what goes wrong after that, with the same product
 * @param terms what the oracle has to know
 */
record FaultCase(String name, Setting setting, Script script, List<FaultCase> next, Terms terms) {
  /** Something that is done to a stage. */
  @FunctionalInterface
  interface Action {
    /** Does it. */
    void on(Stage stage) throws Exception;
  }

  /**
   * How the product is set up and started.
   *
   * @param configuration changes the text of the usual configuration
   * @param javaOptions for the JVM
   * @param limit a command of the shell before, for example {@code ulimit -n 200}
   * @param patience how long a notifier may take; long where it should not matter, since one that
   *     is merely slow would be told twice
   */
  record Setting(
      UnaryOperator<String> configuration, String javaOptions, String limit, String patience) {}

  /**
   * What goes wrong, in four steps.
   *
   * @param before the product is started
   * @param fault done while messages flow; a breach follows
   * @param bitten waits until the fault has shown its teeth
   * @param mend ends the fault
   */
  record Script(Action before, Action fault, Action bitten, Action mend) {}

  /**
   * What the oracle has to know.
   *
   * @param repeats how often a receiver that cannot tell repeats may hear the same again, marked
   * @param refusal what becomes of what is {@link Message.Kind#UNSTORABLE}
   * @param brokers what it needs of Kafka
   */
  record Terms(int repeats, Refusal refusal, Brokers brokers) {}

  /** What a case needs of Kafka. */
  enum Brokers {
    /** The broker that all share. */
    SHARED,
    /** One of its own, since it breaks the broker itself. */
    OWN,
    /** Two of its own, of which the second may go. */
    TWO
  }

  /** Whether the store refuses rows for good. */
  enum Refusal {
    /** It takes them all. */
    NONE,
    /** It refuses them, and they are put back later. */
    UNTIL_PUT_BACK,
    /** It refuses them. */
    FOR_GOOD
  }

  static FaultCase named(String name) {
    Action nothing = stage -> {};
    return new FaultCase(
        name,
        new Setting(UnaryOperator.identity(), "", "", "30s"),
        new Script(nothing, nothing, nothing, nothing),
        List.of(),
        new Terms(0, Refusal.NONE, Brokers.SHARED));
  }

  FaultCase before(Action action) {
    return with(new Script(action, script.fault(), script.bitten(), script.mend()));
  }

  /** The fault comes once messages flow. */
  FaultCase fault(Action action) {
    Action later =
        stage -> {
          stage.awaitFlow();
          action.on(stage);
        };
    return with(new Script(script.before(), later, script.bitten(), script.mend()));
  }

  FaultCase bitten(Action action) {
    return with(new Script(script.before(), script.fault(), action, script.mend()));
  }

  FaultCase mend(Action action) {
    return with(new Script(script.before(), script.fault(), script.bitten(), action));
  }

  FaultCase configured(UnaryOperator<String> change) {
    return with(new Setting(change, setting.javaOptions(), setting.limit(), setting.patience()));
  }

  FaultCase java(String options) {
    return with(new Setting(setting.configuration(), options, setting.limit(), setting.patience()));
  }

  FaultCase limited(String command) {
    return with(
        new Setting(setting.configuration(), setting.javaOptions(), command, setting.patience()));
  }

  /** Notifiers may not take long. */
  FaultCase impatient() {
    return with(new Setting(setting.configuration(), setting.javaOptions(), setting.limit(), "3s"));
  }

  /** A receiver that cannot tell repeats may hear of it so often again. */
  FaultCase repeats(int most) {
    return with(new Terms(most, terms.refusal(), terms.brokers()));
  }

  /** The store refuses what is unstorable. */
  FaultCase refuses(Refusal refusal) {
    return with(new Terms(terms.repeats(), refusal, terms.brokers()));
  }

  /** It has such brokers. */
  FaultCase on(Brokers brokers) {
    return with(new Terms(terms.repeats(), terms.refusal(), brokers));
  }

  /**
   * Once this is over and everybody has been told, the same product meets another case. That one
   * takes the setting and the terms of this one, and has nothing to do before a start.
   */
  FaultCase then(FaultCase other) {
    List<FaultCase> more = new ArrayList<>(next);
    more.add(other);
    return new FaultCase(name + "; " + other.name, setting, script, List.copyOf(more), terms);
  }

  private FaultCase with(Terms other) {
    return new FaultCase(name, setting, script, next, other);
  }

  private FaultCase with(Script other) {
    return new FaultCase(name, setting, other, next, terms);
  }

  private FaultCase with(Setting other) {
    return new FaultCase(name, other, script, next, terms);
  }

  @Override
  public String toString() {
    return name;
  }
}
