package io.modelvane.faults;

import io.modelvane.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything that one case plays with: topic, store, people, messages, and the product itself. */
final class Stage implements AutoCloseable {
  static final String SECRET = "sesame-0815";

  private static final String MAIN = "modelvane.yaml";

  private final FaultCase row;
  private final Ground.Lane lane;
  private final Path folder;
  private final String name;
  private final Store store = new Store();
  private final People people = new People();
  private final Traffic traffic;
  private final Cluster cluster;
  private final DeadLetters letters = new DeadLetters();
  private final List<Watch> watches;
  private final Watching watching;
  private final SmallDisk smallDisk;
  private final Configuration configuration;
  private final Processes processes;
  private final Set<String> unheard = ConcurrentHashMap.newKeySet();
  private final List<String> figures = new CopyOnWriteArrayList<>();
  private int breaches;
  private @Nullable TlsDoor tlsDoor;

  Stage(FaultCase row, Ground.Lane lane, Path folder) throws IOException {
    this.row = row;
    this.lane = lane;
    this.folder = folder;
    this.name = row.name().replaceFirst(";.*", "").replaceAll("[^a-z0-9]+", "-");
    this.cluster = new Cluster(lane, name);
    this.traffic = new Traffic(lane.broker().bootstrapServers(), name, name);
    this.smallDisk = new SmallDisk(folder.resolve("small"));
    this.configuration = new Configuration(folder);
    name(configuration);
    this.processes = new Processes(configuration.write(MAIN, row.setting().configuration()::apply));
    letters.lookInto(folder.resolve("data/dead-letters"));
    letters.lookInto(smallDisk.folder());
    this.watches =
        List.of(watch(metrics(), this::isAccounted), watch(alerts(), this::isOfNoUseToAlerts));
    this.watching = new Watching(watches, letters);
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

  private void name(Configuration words) {
    words.put("small", smallDisk.folder());
    words.put("broker", lane.bootstrapServers());
    words.put("broker-port", lane.door().port());
    words.put("login", lane.login().bootstrapServers());
    words.put("filter", lane.filter().bootstrapServers());
    words.put("topic", name);
    words.put("name", name);
    words.put("store", store.url());
    words.put("store-port", store.door().port());
    words.put("secret", SECRET);
    words.put("patience", row.setting().patience());
    words.put("metrics", metrics());
    words.put("alerts", alerts());
    for (Arrival.Endpoint endpoint : Arrival.Endpoint.values()) {
      String word = endpoint.path().substring(1);
      words.put(word, people.url(endpoint));
      words.put(word + "-port", people.door(endpoint).port());
    }
  }

  /** Writes a configuration: the usual one, changed. */
  Path configure(String file, UnaryOperator<String> change) throws IOException {
    return configuration.write(file, change);
  }

  /** Writes the configuration again, as the case says and changed once more. */
  void reconfigure(UnaryOperator<String> change) throws IOException {
    configure(MAIN, text -> change.apply(row.setting().configuration().apply(text)));
  }

  /** Deletes the topic and makes it anew, while nothing is sent. */
  void recreateTopic() throws Exception {
    watching.unseen(
        () -> {
          cluster.delete();
          traffic.topicIsNew();
          await("the topic is gone", cluster::isGone);
          cluster.create();
        });
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

  private static String group(String pipeline) {
    return "modelvane-" + pipeline;
  }

  /** Starts the product as the case says. */
  Product launch() {
    return processes.start(launched());
  }

  /** Starts another one beside it. */
  Product launch(Path other) {
    return processes.start(launched(), other);
  }

  private Product.Launch launched() {
    return new Product.Launch(
        lane.archive().options() + configuration.named(row.setting().javaOptions()),
        configuration.named(row.setting().limit()),
        folder.resolve("plugins"));
  }

  /** The one that was started last and has not retired. */
  Product product() {
    return processes.last();
  }

  Processes processes() {
    return processes;
  }

  /** Asks the last one to stop, as the system does. */
  void term() throws InterruptedException {
    Processes.term(product());
  }

  /** Moves dead letters to another folder, as an operator does, again and again from now on. */
  void keepMoving() throws IOException {
    letters.keepMoving(
        data().resolve("dead-letters"), Files.createDirectories(folder.resolve("moved-away")));
  }

  SmallDisk smallDisk() {
    return smallDisk;
  }

  /** Waits until everything that was sent is where it belongs. */
  void awaitSettled() {
    Oracle oracle = new Oracle(this, row.terms());
    await("everything is where it belongs", oracle::isSettled);
  }

  /** Whether both pipelines have done with everything that there is. */
  boolean isRead() {
    return watching.isRead();
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

  /** Adds a figure to the report of this case. */
  void report(String what, Duration time) {
    figures.add("; %s: %.1f s".formatted(what, time.toMillis() / 1000.0));
  }

  /** What was measured, for the line about this case. */
  String figures() {
    return String.join("", figures);
  }

  /** Waits until more messages are stored. */
  void awaitFlow() {
    int before = store.ledger().size();
    await("messages flow", () -> store.ledger().size() >= before + 30);
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
    return watches;
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
    watching.stop();
  }

  @Override
  public void close() throws IOException {
    watching.close();
    processes.close();
    if (tlsDoor != null) {
      tlsDoor.close();
    }
    smallDisk.close();
    traffic.close();
    cluster.close();
    store.close();
    people.close();
  }
}
