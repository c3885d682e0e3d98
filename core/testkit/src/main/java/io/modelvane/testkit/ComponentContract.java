package io.modelvane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelvane.spi.Component;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every component promises about its life ({@link Component}). A test class implements the
 * contract of its kind ({@link NotifierContract}, {@link SinkContract}), which extends this one.
 */
public interface ComponentContract {
  /** The longest a stop may take. */
  Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** The world for one test. */
  Outside outside() throws Exception;

  /** Lets a started component do a little of its work. */
  default void use(Component component) throws Exception {}

  /** Tells by its name a thread that a library keeps for the whole process. */
  default boolean isSharedThread(String name) {
    return false;
  }

  /** A context that masks this contract's secrets. */
  default TestContext newContext() {
    return TestContext.named("tested").build();
  }

  @Test
  default void construction_alone_opens_nothing() throws Exception {
    try (Outside outside = outside();
        TestContext context = newContext()) {
      Leaks leaks = Leaks.since(this::isSharedThread);
      Component component = outside.component(context);
      leaks.assertNone();
      component.stop();
    }
  }

  @Test
  default void stop_before_start_is_harmless_and_a_later_start_works() throws Exception {
    try (Outside outside = outside();
        TestContext context = newContext()) {
      outside.component(context).stop();
      Component another = outside.component(context);
      another.start();
      use(another);
      another.stop();
    }
  }

  @Test
  default void a_second_stop_does_nothing() throws Exception {
    try (Outside outside = outside();
        TestContext context = newContext()) {
      Component component = outside.component(context);
      component.start();
      use(component);
      component.stop();
      component.stop();
    }
  }

  @Test
  default void a_successor_starts_where_the_first_has_stopped() throws Exception {
    try (Outside outside = outside();
        TestContext context = newContext()) {
      for (int life = 0; life < 2; life++) {
        Component component = outside.component(context);
        component.start();
        use(component);
        component.stop();
      }
    }
  }

  @Test
  default void a_failed_start_can_be_stopped_or_repeated() throws Exception {
    try (Outside outside = outside()) {
      assumeTrue(outside.breakStart(), "a start needs nothing from outside");
      Leaks leaks = Leaks.since(this::isSharedThread);
      try (TestContext context = newContext()) {
        Component given = outside.component(context);
        assertThatThrownBy(given::start).isInstanceOf(Exception.class);
        given.stop();
        Component repeated = outside.component(context);
        assertThatThrownBy(repeated::start).isInstanceOf(Exception.class);
        outside.mendStart();
        repeated.start();
        use(repeated);
        repeated.stop();
      }
      leaks.assertNone();
    }
  }

  @Test
  default void stop_heeds_an_interrupt_and_can_be_called_again() throws Exception {
    try (Outside outside = outside();
        TestContext context = newContext()) {
      Component component = outside.component(context);
      component.start();
      use(component);
      long before = System.nanoTime();
      Thread.currentThread().interrupt();
      try {
        component.stop();
      } catch (InterruptedException expected) {
        assertThat(expected).isInstanceOf(InterruptedException.class);
      } finally {
        Thread.interrupted();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(STOP_LIMIT);
      component.stop();
    }
  }

  @Test
  default void nothing_is_left_of_a_stopped_component() throws Exception {
    try (Outside outside = outside()) {
      Leaks leaks = Leaks.since(this::isSharedThread);
      try (TestContext context = newContext()) {
        Component component = outside.component(context);
        component.start();
        use(component);
        component.stop();
      }
      leaks.assertNone();
    }
  }
}
