package io.modelvane.engine.state;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps prepared statements for the next who asks for the same text: to prepare a
 * short statement costs more than to run it. One that is closed waits here with its values cleared,
 * unless it failed. Used by one thread at a time, as the connection is.
 */
final class KeptStatements implements InvocationHandler {
  private static final int MOST = 200;

  private final Connection connection;
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(16, 0.75f, true);

  private KeptStatements(Connection connection) {
    this.connection = connection;
  }

  /** The same connection, with statements that are kept. */
  static Connection of(Connection connection) {
    return proxy(Connection.class, new KeptStatements(connection));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments == null
        || arguments.length != 1
        || !method.getName().equals("prepareStatement")) {
      return call(connection, method, arguments);
    }
    return prepare((String) arguments[0]);
  }

  private PreparedStatement prepare(String text) throws SQLException {
    PreparedStatement waiting = idle.remove(text);
    PreparedStatement statement = waiting == null ? connection.prepareStatement(text) : waiting;
    return proxy(PreparedStatement.class, new Lent(text, statement));
  }

  private void takeBack(String text, PreparedStatement statement) throws SQLException {
    statement.clearParameters();
    statement.clearBatch();
    PreparedStatement twin = idle.put(text, statement);
    if (twin != null) {
      twin.close();
    } else if (idle.size() > MOST) {
      var eldest = idle.entrySet().iterator();
      eldest.next().getValue().close();
      eldest.remove();
    }
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** A statement in somebody's hands. */
  private final class Lent implements InvocationHandler {
    private final String text;
    private final PreparedStatement statement;
    private boolean failed;
    private boolean returned;

    Lent(String text, PreparedStatement statement) {
      this.text = text;
      this.statement = statement;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (method.getName().equals("close")) {
        giveBack();
        return null;
      }
      if (returned) {
        throw new SQLException("the statement is closed");
      }
      try {
        return call(statement, method, arguments);
      } catch (SQLException failure) {
        failed = true;
        throw failure;
      }
    }

    private void giveBack() throws SQLException {
      if (returned) {
        return;
      }
      returned = true;
      if (failed) {
        statement.close();
      } else {
        takeBack(text, statement);
      }
    }
  }
}
