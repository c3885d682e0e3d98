package io.modelvane.faults;

import io.modelvane.testkit.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Everything that one case plays with: topic, store, people, messages, and the product itself. */
final class Stage implements AutoCloseable {
  static final String SECRET = "sesame-0815";
  static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final int INTERRUPTED_BY_TERM = 143;

  private static final String CONFIGURATION =
      """
      data: "@folder@/data"
      http: { port: 0 }
      stop_within: 10s
      sources:
        insights:
          type: kafka
          bootstrap_servers: ["@broker@"]
          topics: [@topic@]
          group_instance_id: first
          session_timeout: 6s
      sinks:
        influx:
          { type: influxdb, url: "@store@", org: acme, bucket: insights, token: @secret@, timeout: 2s }
        alerting:
          type: alerting
          record_to: influx
          checks:
            risky:
              type: threshold
              field: risk_score
              where: { algorithm_name: @name@ }
              levels: { crit: "> 0.70" }
          rules:
            page: { when: { to: crit }, notify: [pager, team, hook] }
      notifiers:
        pager: { type: pagerduty, routing_key: 0123456789abcdef0123456789abcdef, url: "@pager@", timeout: 2s }
        team: { type: slack, url: "@team@", timeout: 2s }
        hook: { type: http, url: "@hook@", timeout: 2s }
      pipelines:
        @metrics@:
          source: insights
          decode: { type: algorithmia-insights, keep_ids: true }
          sinks: [influx]
          retry: { initial: 100ms, maximum: 1s }
        @alerts@:
          source: insights
          decode: algorithmia-insights
          sinks: [alerting]
          retry: { initial: 100ms, maximum: 1s }
      """;

  private final FaultCase row;
  private final Ground.Lane lane;
  private final Path folder;
  private final String name;
  private final Store store = new Store();
  private final People people = new People();
  private final Traffic traffic;
  private final Admin admin;
  private final DeadLetters letters = new DeadLetters();
  private final List<Watch> watches = new ArrayList<>();
  private final List<Product> products = new ArrayList<>();
  private final List<Product> retired = new ArrayList<>();
  private final Path configuration;
  private final Thread watching;
  private volatile boolean watched = true;
  private volatile @Nullable Path moving;

  Stage(FaultCase row, Ground.Lane lane, Path folder) throws IOException {
    this.row = row;
    this.lane = lane;
    this.folder = folder;
    this.name = row.name().replaceAll("[^a-z0-9]+", "-");
    lane.broker().createTopic(name, Traffic.PARTITIONS, Map.of());
    String servers = lane.broker().bootstrapServers();
    this.traffic = new Traffic(servers, name, name);
    this.admin =
        Admin.create(Map.of("bootstrap.servers", servers, "reconnect.backoff.max.ms", "500"));
    letters.lookInto(folder.resolve("data/dead-letters"));
    watches.add(watch(metrics(), this::isAccounted));
    watches.add(watch(alerts(), this::isOfNoUseToAlerts));
    this.configuration = configure("modelvane.yaml", row.setting().configuration()::apply);
    this.watching = new Thread(this::watch, "watch");
    watching.setDaemon(true);
    watching.start();
  }

  private Watch watch(String pipeline, Predicate<Message> accounted) {
    return new Watch(admin, "modelvane-" + pipeline, new Watch.Subject(name, traffic, accounted));
  }

  private boolean isAccounted(Message message) {
    return store.ledger().has(message.id()) || letters.of(metrics()).contains(message.id());
  }

  private boolean isOfNoUseToAlerts(Message message) {
    return message.kind() != Message.Kind.MALFORMED || letters.of(alerts()).contains(message.id());
  }

  /** Writes a configuration: the usual one, changed. */
  Path configure(String file, UnaryOperator<String> change) throws IOException {
    String text = change.apply(CONFIGURATION);
    Map<String, String> words =
        Map.of(
            "@small@", small().toString(),
            "@folder@", folder.toString(),
            "@broker@", lane.bootstrapServers(),
            "@topic@", name,
            "@name@", name,
            "@store@", store.url(),
            "@secret@", SECRET,
            "@metrics@", metrics(),
            "@alerts@", alerts());
    for (Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace(word.getKey(), word.getValue());
    }
    for (Arrival.Endpoint endpoint : Arrival.Endpoint.values()) {
      text = text.replace("@" + endpoint.path().substring(1) + "@", people.url(endpoint));
    }
    return Files.writeString(folder.resolve(file), text);
  }

  private void watch() {
    try {
      while (watched) {
        Path away = moving;
        if (away != null) {
          move(away);
        }
        look();
        Thread.sleep(200);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** Positions first, then what is there: it can only have become more. */
  private synchronized void look() throws InterruptedException {
    List<Map<Integer, Long>> committed = new ArrayList<>();
    for (Watch watch : watches) {
      committed.add(watch.committed());
    }
    letters.look();
    for (int i = 0; i < watches.size(); i++) {
      watches.get(i).check(committed.get(i));
    }
  }

  /** Deletes the topic and makes it anew, while nothing is sent. */
  synchronized void recreateTopic() throws Exception {
    admin.deleteTopics(List.of(name)).all().get();
    traffic.topicIsNew();
    watches.forEach(Watch::forget);
    await("the topic is gone", () -> !topics().contains(name));
    lane.broker().createTopic(name, Traffic.PARTITIONS, Map.of());
  }

  private Set<String> topics() {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException away) {
      return Set.of(name);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Set.of();
    }
  }

  /** Starts the product as the case says. */
  Product launch() {
    return launch(configuration);
  }

  /** Starts another one beside it. */
  Product launch(Path other) {
    Product started =
        Product.start(
            new Product.Launch(
                row.setting().javaOptions(), row.setting().limit(), folder.resolve("plugins")),
            other);
    products.add(started);
    return started;
  }

  /** The one that was started last and has not retired. */
  Product product() {
    return products.stream()
        .filter(product -> !retired.contains(product))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** This one is done. */
  void retire(Product product) {
    retired.add(product);
  }

  /** Moves dead letters to another folder, as an operator does, again and again from now on. */
  void keepMoving() throws IOException {
    Path away = Files.createDirectories(folder.resolve("moved-away"));
    letters.lookInto(away);
    moving = away;
  }

  private void move(Path away) {
    Path from = data().resolve("dead-letters");
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
        Files.move(file, away.resolve(file.getFileName()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A file system of few bytes, where the case has mounted one. */
  Path small() {
    return folder.resolve("small");
  }

  /** Mounts the small file system, or gives it another size; false where that is not allowed. */
  boolean mountSmall(String options) throws Exception {
    Files.createDirectories(small());
    letters.lookInto(small());
    return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", small().toString()) == 0;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Waits until everything that was sent is where it belongs. */
  void awaitSettled() {
    Oracle oracle = new Oracle(this, row.terms());
    await("everything is where it belongs", oracle::isSettled);
  }

  /** Asks the last one to stop, as the system does. */
  void term() throws InterruptedException {
    term(product());
  }

  void term(Product running) throws InterruptedException {
    long start = System.nanoTime();
    running.signal("TERM");
    int code = running.exitCode(STOP_WITHIN.plusSeconds(5));
    if (code != INTERRUPTED_BY_TERM) {
      throw new AssertionError("ended with " + code + "; it said:\n" + running.words());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (took.compareTo(STOP_WITHIN.plusSeconds(1)) > 0) {
      throw new AssertionError("took " + took + " to stop; it said:\n" + running.words());
    }
  }

  void await(String what, BooleanSupplier condition) {
    Product.await(name + ": " + what, condition);
  }

  /** Waits until more messages are stored. */
  void awaitFlow() {
    int before = store.ledger().ids().size();
    await("messages flow", () -> store.ledger().ids().size() >= before + 30);
  }

  /** Waits until a part of the product is as told, for example {@code "down"} and a reason. */
  void awaitPart(String part, String words) {
    await(part + " says " + words, () -> product().part(part).contains(words));
  }

  Store store() {
    return store;
  }

  People people() {
    return people;
  }

  Traffic traffic() {
    return traffic;
  }

  DeadLetters letters() {
    return letters;
  }

  List<Watch> watches() {
    return List.copyOf(watches);
  }

  List<Product> products() {
    return List.copyOf(products);
  }

  Ground.Lane lane() {
    return lane;
  }

  FaultProxy brokerDoor() {
    return lane.door();
  }

  Admin admin() {
    return admin;
  }

  Path folder() {
    return folder;
  }

  String name() {
    return name;
  }

  Path data() {
    return folder.resolve("data");
  }

  String metrics() {
    return "metrics-" + name;
  }

  /** The part of {@code /ready} that writes to the store. */
  String writing() {
    return "pipeline " + metrics() + " -> influx";
  }

  String alerts() {
    return "alerts-" + name;
  }

  /** Looks a last time. */
  void stopWatching() throws InterruptedException {
    watched = false;
    watching.join();
    look();
  }

  private void unmount() throws IOException {
    if (Files.isDirectory(small())) {
      try {
        run("umount", small().toString());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    watched = false;
    watching.interrupt();
    for (Product product : products) {
      try {
        product.kill();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    unmount();
    traffic.close();
    admin.close(Duration.ZERO);
    store.close();
    people.close();
  }
}
