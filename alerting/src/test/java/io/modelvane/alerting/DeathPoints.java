package io.modelvane.alerting;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.StateStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what a process does in steps between which it may die: before each SQL statement and
 * commit, after each commit, before and after each request, and wherever else it is asked to.
 */
final class DeathPoints {
  /** What a process prints when it has come so far. */
  static final String REACHED = "reached";

  private final int deadly;
  private final AtomicInteger passed = new AtomicInteger();

  private DeathPoints(int deadly) {
    this.deadly = deadly;
  }

  /** None of them is deadly. */
  static DeathPoints harmless() {
    return new DeathPoints(Integer.MAX_VALUE);
  }

  /** The thread that comes to this one, counted from 1, says so and stays there. */
  static DeathPoints deadly(int number) {
    return new DeathPoints(number);
  }

  int passed() {
    return passed.get();
  }

  /** The process may die here. */
  void pass() {
    if (passed.incrementAndGet() == deadly) {
      System.out.println(REACHED);
      System.out.flush();
      stay();
    }
  }

  private static void stay() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException ended) {
        // It is killed here, or not at all.
      }
    }
  }

  /** A store with such points. */
  StateStore in(StateStore store) {
    return new StateStore() {
      @Override
      public String table(String name) {
        return store.table(name);
      }

      @Override
      public void migrate(List<String> steps) throws ComponentException {
        pass();
        store.migrate(steps);
        pass();
      }

      @Override
      public <T> T transact(Work<T> work) throws ComponentException {
        T result =
            store.transact(
                connection -> {
                  T done = work.run(watched(connection));
                  pass();
                  return done;
                });
        pass();
        return result;
      }

      @Override
      public <T> T read(Work<T> work) throws ComponentException {
        return store.read(work);
      }
    };
  }

  private Connection watched(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> call(connection, method, arguments));
  }

  private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
    pass();
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** A notifier with such points. */
  Notifier in(Notifier notifier) {
    return new Notifier() {
      @Override
      public Delivery deliver(Notification notification) throws InterruptedException {
        pass();
        Delivery delivery = notifier.deliver(notification);
        pass();
        return delivery;
      }

      @Override
      public boolean receiverDropsRepeats() {
        return notifier.receiverDropsRepeats();
      }
    };
  }
}
