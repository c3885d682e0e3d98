package io.modelvane.demo;

import io.questdb.ServerMain;
import java.util.Map;

/** The main class of the store's own JVM. Arguments: the data folder, the port. */
final class QuestDbMain {
  private QuestDbMain() {}

  public static void main(String[] arguments) {
    Watchdog.arm();
    ServerMain server =
        ServerMain.create(
            arguments[0],
            Map.of(
                "QDB_HTTP_BIND_TO", "127.0.0.1:" + arguments[1],
                "QDB_PG_ENABLED", "false",
                "QDB_LINE_TCP_ENABLED", "false",
                "QDB_HTTP_MIN_ENABLED", "false",
                "QDB_METRICS_ENABLED", "false",
                "QDB_TELEMETRY_ENABLED", "false",
                // one machine shared with a broker, the product and a generator
                "QDB_SHARED_WORKER_COUNT", "1",
                "QDB_HTTP_WORKER_COUNT", "1",
                "QDB_CAIRO_WAL_APPLY_WORKER_COUNT", "1"));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-store"));
    server.start();
  }
}
