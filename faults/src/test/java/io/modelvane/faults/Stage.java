package io.modelvane.faults;

import io.modelvane.testkit.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that one case plays with: topic, store, people, messages, and the product itself. */
final class Stage implements AutoCloseable {
  static final String SECRET = "sesame-0815";
  static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** What a machine that is busy with other cases may add. */
  private static final Duration BUSY = Duration.ofSeconds(4);

  private static final String MAIN = "modelvane.yaml";
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
            page: { when: { to: crit }, notify: [pager, team, hook, mail] }
      notifiers:
        pager: { type: pagerduty, routing_key: 0123456789abcdef0123456789abcdef, url: "@pager@", timeout: @patience@ }
        team: { type: slack, url: "@team@", timeout: @patience@ }
        hook: { type: http, url: "@hook@", timeout: @patience@ }
        mail:
          type: email
          host: 127.0.0.1
          port: @mail-port@
          security: none
          from: modelvane@example.com
          to: [team@example.com]
          timeout: @patience@
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
  private final Cluster cluster;
  private final DeadLetters letters = new DeadLetters();
  private final List<Watch> watches = new ArrayList<>();
  private final List<Product> products = new ArrayList<>();
  private final List<Product> retired = new ArrayList<>();
  private final Path configuration;
  private final Thread watching;
  private volatile boolean watched = true;
  private final Set<String> unheard = ConcurrentHashMap.newKeySet();
  private int breaches;
  private volatile @Nullable Path moving;
  private @Nullable TlsDoor tlsDoor;

  Stage(FaultCase row, Ground.Lane lane, Path folder) throws IOException {
    this.row = row;
    this.lane = lane;
    this.folder = folder;
    this.name = row.name().replaceAll("[^a-z0-9]+", "-");
    this.cluster = new Cluster(lane, name);
    this.traffic = new Traffic(lane.broker().bootstrapServers(), name, name);
    letters.lookInto(folder.resolve("data/dead-letters"));
    watches.add(watch(metrics(), this::isAccounted));
    watches.add(watch(alerts(), this::isOfNoUseToAlerts));
    this.configuration = configure(MAIN, row.setting().configuration()::apply);
    this.watching = new Thread(this::watch, "watch");
    watching.setDaemon(true);
    watching.start();
  }

  private Watch watch(String pipeline, Predicate<Message> accounted) {
    return cluster.watch(group(pipeline), new Watch.Subject(name, traffic, accounted));
  }

  private boolean isAccounted(Message message) {
    return store.ledger().has(message.id()) || letters.of(metrics()).contains(message.id());
  }

  private boolean isOfNoUseToAlerts(Message message) {
    return message.kind() != Message.Kind.MALFORMED || letters.of(alerts()).contains(message.id());
  }

  /** Writes a configuration: the usual one, changed. */
  Path configure(String file, UnaryOperator<String> change) throws IOException {
    return Files.writeString(folder.resolve(file), named(change.apply(CONFIGURATION)));
  }

  /** A text with the names of this case in the place of the words in it. */
  private String named(String text) {
    Map<String, String> words = new HashMap<>();
    words.put("small", small().toString());
    words.put("folder", folder.toString());
    words.put("broker", lane.bootstrapServers());
    words.put("broker-port", String.valueOf(lane.door().port()));
    words.put("login", lane.login().bootstrapServers());
    words.put("filter", lane.filter().bootstrapServers());
    words.put("topic", name);
    words.put("name", name);
    words.put("store", store.url());
    words.put("store-port", String.valueOf(store.door().port()));
    words.put("secret", SECRET);
    words.put("patience", row.setting().patience());
    words.put("metrics", metrics());
    words.put("alerts", alerts());
    for (Arrival.Endpoint endpoint : Arrival.Endpoint.values()) {
      String word = endpoint.path().substring(1);
      words.put(word, people.url(endpoint));
      words.put(word + "-port", String.valueOf(people.door(endpoint).port()));
    }
    String result = text;
    for (Map.Entry<String, String> word : words.entrySet()) {
      result = result.replace("@" + word.getKey() + "@", word.getValue());
    }
    return result;
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
    cluster.delete();
    traffic.topicIsNew();
    watches.forEach(Watch::forget);
    await("the topic is gone", cluster::isGone);
    cluster.create();
  }

  /** Sends messages that Kafka deletes before anybody reads them. */
  void expire(int messages) throws Exception {
    traffic.lose(messages);
    cluster.expire();
  }

  /** Lets every pipeline begin at offset 0 again, while nothing runs. */
  void rewind() throws Exception {
    for (String pipeline : List.of(metrics(), alerts())) {
      await("the group is empty", () -> cluster.isEmpty(group(pipeline)));
      cluster.rewind(group(pipeline));
    }
  }

  /** Waits until Kafka has given up the members of both groups. */
  void awaitExpelled() {
    for (String pipeline : List.of(metrics(), alerts())) {
      await("the session expires", () -> cluster.isEmpty(group(pipeline)));
    }
  }

  static String group(String pipeline) {
    return "modelvane-" + pipeline;
  }

  /** Writes the configuration again, as the case says and changed once more. */
  void reconfigure(UnaryOperator<String> change) throws IOException {
    configure(MAIN, text -> change.apply(row.setting().configuration().apply(text)));
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
                named(row.setting().javaOptions()),
                named(row.setting().limit()),
                folder.resolve("plugins")),
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

  /** Whether both pipelines have done with everything that there is. */
  boolean isRead() {
    try {
      return watches.get(0).lag() == 0 && watches.get(1).lag() == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs another command of the product, with the configuration of this case; it has to work. */
  void command(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Product.home().resolve("bin/modelvane").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("-c", configuration.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + " ended with " + process.exitValue() + ":\n" + said);
    }
  }

  /** Asks the last one to stop, as the system does. */
  void term() throws InterruptedException {
    term(product());
  }

  void term(Product running) throws InterruptedException {
    long start = System.nanoTime();
    running.signal("TERM");
    int code = running.exitCode(STOP_WITHIN.plusSeconds(30));
    if (code != INTERRUPTED_BY_TERM) {
      throw new AssertionError("ended with " + code + "; it said:\n" + running.words());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (took.compareTo(STOP_WITHIN.plus(BUSY)) > 0) {
      throw new AssertionError("took " + took + " to stop; it said:\n" + running.words());
    }
  }

  void await(String what, BooleanSupplier condition) {
    Product.await(name + ": " + what, condition);
  }

  /** Sends a risky call, which opens the next incident; answers with its number. */
  int breach() throws InterruptedException {
    breaches++;
    traffic.breach(breaches);
    return breaches;
  }

  /** Waits until everybody knows of an incident, and ends it. */
  void recover(int breach) throws InterruptedException {
    await("breach " + breach + " is told", () -> people.allKnow(breach, false));
    traffic.recover(breach);
  }

  /** This one was dead from the beginning of an incident to its end, and shall not hear of it. */
  void neverHears(Arrival.Endpoint endpoint, int breach) {
    unheard.add(endpoint + " opened " + breach);
    unheard.add(endpoint + " resolved " + breach);
  }

  /** What shall not arrive. */
  Set<String> unheard() {
    return Set.copyOf(unheard);
  }

  /** How many incidents there were. */
  int breaches() {
    return breaches;
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

  /** A way to the people through TLS; opened when it is asked for first. */
  TlsDoor tlsDoor() throws Exception {
    if (tlsDoor == null) {
      tlsDoor = new TlsDoor(folder.resolve("tls"), people.port());
    }
    return tlsDoor;
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

  Cluster cluster() {
    return cluster;
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
    if (tlsDoor != null) {
      tlsDoor.close();
    }
    unmount();
    traffic.close();
    cluster.close();
    store.close();
    people.close();
  }
}
