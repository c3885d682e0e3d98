package io.modelvane.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.modelvane.faults.Arrival.Endpoint;
import io.modelvane.testkit.FaultProxy;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The services that people are told through, each with a proxy before it. An arrival counts when it
 * was answered with success.
 */
final class People implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BREACH = Pattern.compile("\\b9\\.(\\d+)\\b");

  private final ScriptedServer server;
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final Map<Endpoint, FaultProxy> doors = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Supplier<Answer>> answers = new ConcurrentHashMap<>();
  private final Map<Endpoint, List<Long>> calls = new ConcurrentHashMap<>();
  private final Map<String, Integer> breachOfKey = new ConcurrentHashMap<>();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final List<String> strays = new CopyOnWriteArrayList<>();

  People() throws IOException {
    server = ScriptedServer.answering(this::answer);
    mail.start();
    for (Endpoint endpoint : Endpoint.values()) {
      int port = endpoint == Endpoint.MAIL ? mail.getSmtp().getPort() : server.port();
      doors.put(endpoint, FaultProxy.to("127.0.0.1", port));
      calls.put(endpoint, new CopyOnWriteArrayList<>());
      heal(endpoint);
    }
  }

  /** Takes everything from now on. */
  void heal(Endpoint endpoint) {
    answers.put(
        endpoint,
        () ->
            endpoint == Endpoint.PAGER
                ? Answer.of(202, "{\"status\":\"success\",\"message\":\"Event processed\"}")
                : Answer.of(200, "ok"));
  }

  /** Answers like this from now on; called before the arrival is noted. */
  void answers(Endpoint endpoint, Supplier<Answer> next) {
    answers.put(endpoint, next);
  }

  /** How often it was called, whatever it answered. */
  int calls(Endpoint endpoint) {
    return times(endpoint).size();
  }

  /** Counts calls from now on; nobody may be on the way to anyone. */
  void forgetCalls() {
    calls.values().forEach(List::clear);
  }

  /** How long it was left alone between its first call and its second. */
  Duration pause(Endpoint endpoint) {
    return Duration.ofNanos(times(endpoint).get(1) - times(endpoint).get(0));
  }

  private List<Long> times(Endpoint endpoint) {
    return calls.getOrDefault(endpoint, List.of());
  }

  /** The proxy before a service. */
  FaultProxy door(Endpoint endpoint) {
    FaultProxy door = doors.get(endpoint);
    if (door == null) {
      throw new IllegalArgumentException(endpoint.name());
    }
    return door;
  }

  String url(Endpoint endpoint) {
    return "http://127.0.0.1:" + door(endpoint).port() + endpoint.path();
  }

  /** Where all services are, without a proxy and without encryption. */
  int port() {
    return server.port();
  }

  List<Arrival> arrivals() {
    List<Arrival> all = new ArrayList<>(arrivals);
    for (MimeMessage message : mail.getReceivedMessages()) {
      all.add(letter(message));
    }
    return all;
  }

  /** Calls to addresses that nobody was given. */
  List<String> strays() {
    return List.copyOf(strays);
  }

  /** Whether everybody has heard that a breach began, or that it ended. */
  boolean allKnow(int breach, boolean resolved) {
    return List.of(Endpoint.values()).stream().allMatch(one -> knows(one, breach, resolved));
  }

  boolean knows(Endpoint endpoint, int breach, boolean resolved) {
    return arrivals().stream()
        .anyMatch(
            arrival ->
                arrival.endpoint() == endpoint
                    && arrival.breach() == breach
                    && arrival.resolved() == resolved);
  }

  private Answer answer(Request request) {
    String path = request.target().getPath();
    Optional<Endpoint> called =
        Stream.of(Endpoint.values()).filter(one -> path.startsWith(one.path())).findFirst();
    if (called.isEmpty()) {
      strays.add(path);
      return Answer.of(200, "ok");
    }
    Endpoint endpoint = called.get();
    times(endpoint).add(System.nanoTime());
    Arrival arrival = read(endpoint, request);
    Supplier<Answer> next = answers.get(endpoint);
    Answer answer = next == null ? Answer.silence() : next.get();
    if (answer.status() / 100 == 2) {
      arrivals.add(arrival);
    }
    return answer;
  }

  private Arrival read(Endpoint endpoint, Request request) {
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (JsonProcessingException broken) {
      return new Arrival(endpoint, -1, false, false, request.body());
    }
    return switch (endpoint) {
      case PAGER -> page(body);
      case TEAM -> {
        String text = body.path("text").asText();
        boolean marked = text.contains("(possibly repeated)");
        yield new Arrival(endpoint, breach(text), text.startsWith("RESOLVED"), marked, "");
      }
      case HOOK -> {
        boolean resolved = body.path("type").asText().endsWith(".resolved");
        int breach =
            breach(
                body.path("data").path("incident").path("tags").path("algorithm_version").asText());
        yield new Arrival(endpoint, breach, resolved, false, request.header("webhook-id"));
      }
      case MAIL -> throw new IllegalStateException("no mail comes by HTTP");
    };
  }

  private static Arrival letter(MimeMessage message) {
    try {
      String subject = message.getSubject();
      boolean resolved = subject.startsWith("RESOLVED");
      boolean marked = subject.contains("(possibly repeated)");
      return new Arrival(Endpoint.MAIL, breach(subject), resolved, marked, "");
    } catch (MessagingException broken) {
      return new Arrival(Endpoint.MAIL, -1, false, false, String.valueOf(broken.getMessage()));
    }
  }

  /** A resolve has nothing but the key of its trigger. */
  private Arrival page(JsonNode body) {
    String key = body.path("dedup_key").asText();
    boolean resolved = body.path("event_action").asText().equals("resolve");
    int named = breach(body.path("payload").path("summary").asText());
    int breach = named >= 0 ? named : breachOfKey.getOrDefault(key, -1);
    if (!resolved) {
      breachOfKey.put(key, breach);
    }
    String level = body.path("payload").path("severity").asText();
    return new Arrival(
        Endpoint.PAGER, breach, resolved, false, key + " " + (resolved ? "" : level));
  }

  private static int breach(String text) {
    Matcher number = BREACH.matcher(text);
    return number.find() ? Integer.parseInt(number.group(1)) : -1;
  }

  @Override
  public void close() throws IOException {
    for (FaultProxy door : doors.values()) {
      door.close();
    }
    server.close();
    mail.stop();
  }
}
