package io.modelvane.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs in a demo: a broker and a store in processes of their own, a receiver that
 * plays the notification services, the product, and the traffic.
 */
final class DemoParts implements AutoCloseable {
  static final String TOPIC = "algorithmia-insights";
  private static final Duration START_ALLOWANCE = Duration.ofSeconds(60);
  private static final List<String> STATUS_TAGS =
      List.of(
          "algorithm_name",
          "algorithm_owner",
          "algorithm_version",
          "_check_id",
          "_check_name",
          "_level",
          "_source_measurement",
          "_type");
  private static final String STATUS_FIELDS =
      "_message VARCHAR, _source_timestamp LONG, risk_score DOUBLE, dead BOOLEAN";

  private final DemoFolder folder;
  private final DemoSettings settings;
  private final KafkaBroker broker;
  private final QuestDbStore store;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private @Nullable NotificationReceiver receiver;
  private @Nullable Product product;
  private @Nullable TrafficGenerator traffic;

  DemoParts(DemoFolder folder, DemoSettings settings) {
    this.folder = folder;
    this.settings = settings;
    this.broker = KafkaBroker.inOwnProcess(folder.resolve("kafka")).build();
    this.store = new QuestDbStore(folder.resolve("store"));
  }

  /** Starts everything but the traffic, and waits until it is ready. */
  void start() {
    undo.push(() -> end(store::kill, store::stop));
    store.launch();
    undo.push(() -> end(broker::kill, broker::stop));
    broker.launch();
    NotificationReceiver services = NotificationReceiver.start();
    undo.push(services::close);
    receiver = services;
    broker.awaitReady(START_ALLOWANCE);
    broker.createTopic(TOPIC, 3, Map.of());
    store.awaitReady(START_ALLOWANCE);
    createHistory();
    Product started = startProduct(services);
    undo.push(started::close);
    product = started;
    started.awaitReady(START_ALLOWANCE);
  }

  /** Starts the traffic. */
  TrafficGenerator startTraffic() {
    TrafficGenerator started =
        TrafficGenerator.start(broker.bootstrapServers(), TOPIC, settings.traffic());
    traffic = started;
    // the product ends first: what it has not read yet no longer matters
    Runnable endOfProduct = undo.pop();
    undo.push(started::stop);
    undo.push(endOfProduct);
    return started;
  }

  /** Calls back for every request to the services, on the thread that answers it. */
  void onRequest(Consumer<Received> listener) {
    started(receiver).onRequest(listener);
  }

  /** Stops the traffic and waits until Kafka has answered for all of it. */
  void stopTraffic() {
    if (traffic != null) {
      traffic.stop();
    }
  }

  KafkaBroker broker() {
    return broker;
  }

  QuestDbStore store() {
    return store;
  }

  Product product() {
    return started(product);
  }

  /** Which part has ended by itself; empty if all run. */
  String ended() {
    if (!broker.isRunning()) {
      return "Kafka";
    }
    if (!store.isRunning()) {
      return "the store";
    }
    return product().isRunning() ? "" : "the product";
  }

  /** Whether every message ended where it belongs. */
  Accounting accounting() {
    var counted = store.query("SELECT count(), count_distinct(request_id) FROM algorithmia");
    List<@Nullable Object> row = counted.rows().get(0);
    return new Accounting(
        started(traffic).counts(),
        number(row.get(0)),
        number(row.get(1)),
        new DeadLetterFiles(folder.resolve("modelvane").resolve("dead-letters"))
            .messages("metrics"));
  }

  /** Stops whatever runs: the product first, with time to finish what is in flight. */
  @Override
  public void close() {
    // an interrupt has done its work; stopping has to wait for processes
    boolean interrupted = Thread.interrupted();
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Product startProduct(NotificationReceiver services) {
    int port = FreePorts.next();
    Map<String, String> values = new HashMap<>();
    values.put("data", folder.resolve("modelvane").toString());
    values.put("port", String.valueOf(port));
    values.put("kafka", broker.bootstrapServers());
    values.put("topic", TOPIC);
    values.put("store", store.url());
    values.put("silence", DemoConfiguration.duration(settings.silence()));
    values.put("slack", services.slackUrl());
    values.put("pagerduty", services.pagerDutyUrl() + "/v2/enqueue");
    values.put("webhook", services.hookUrl());
    DemoConfiguration.write(folder.resolve("demo.yaml"), values);
    return Product.start(
        new Product.Setting(
            settings.home(), folder.resolve("demo.yaml"), port, folder.resolve("modelvane.log")));
  }

  /** Made beforehand so that a repeated write changes nothing, as in InfluxDB. */
  private void createHistory() {
    store.createMeasurement("statuses", STATUS_TAGS, STATUS_FIELDS);
    List<String> tags = new ArrayList<>(STATUS_TAGS);
    for (String tag : List.of("rule_id", "rule_name", "endpoint_id", "endpoint_name")) {
      tags.add("_notification_" + tag);
    }
    tags.add("_sent");
    store.createMeasurement(
        "notifications", tags, STATUS_FIELDS + ", _status VARCHAR, _status_timestamp LONG");
  }

  /** Data that is thrown away needs no orderly end. */
  private void end(Runnable kill, Runnable stop) {
    (folder.isKept() ? stop : kill).run();
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not started yet");
    }
    return part;
  }
}
