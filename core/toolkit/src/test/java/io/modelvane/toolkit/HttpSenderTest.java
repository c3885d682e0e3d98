package io.modelvane.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.FaultProxy;
import io.modelvane.testkit.ScriptedServer;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

/** What the notifiers' contracts do not reach; they run on this sender too. */
final class HttpSenderTest {
  private static final int HANDSHAKE = 22; // the type of a TLS record, RFC 8446, 5.1

  private static HttpAnswer send(Answer answer, Map<String, String> headers) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> answer);
        TestContext context = TestContext.named("test").build();
        HttpSender sender = new HttpSender(context, Duration.ofSeconds(10))) {
      return sender.send(HttpRequest.json(server.url("/secret/path?q=secret"), headers, "{}"));
    }
  }

  @Test
  void a_header_that_cannot_be_sent_is_for_the_operator_and_is_not_repeated() throws Exception {
    HttpAnswer answer = send(Answer.of(200, ""), Map.of("X-Key", "s3cret\nX: 1"));
    assertThat(answer.usual().kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(answer.usual().reason()).contains("127.0.0.1").doesNotContain("s3cret");
    assertThat(answer.status()).isEmpty();
  }

  @Test
  void a_port_that_is_none_is_for_the_operator() throws Exception {
    HttpAnswer answer = sendTo(URI.create("http://127.0.0.1:99999/s3cret"));
    assertThat(answer.usual().kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(answer.usual().reason()).doesNotContain("s3cret");
    assertThat(answer.sent()).isFalse();
  }

  @Test
  void to_a_host_that_nobody_knows_nothing_is_sent() throws Exception {
    HttpAnswer answer = sendTo(URI.create("http://nobody.invalid/"));
    assertThat(answer.usual().kind()).isEqualTo(Kind.RETRYABLE);
    assertThat(answer.sent()).isFalse();
  }

  @Test
  void a_name_server_that_does_not_answer_costs_no_more_than_the_timeout() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Dns silent =
        host -> {
          try {
            answered.await();
          } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (TestContext context = TestContext.named("test").build();
        HttpSender sender = new HttpSender(context, Duration.ofMillis(200), silent)) {
      long before = System.nanoTime();
      HttpAnswer answer =
          sender.send(HttpRequest.json(URI.create("http://hooks.example.com/"), Map.of(), "{}"));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(answer.usual().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(answer.usual().reason())
          .isEqualTo("hooks.example.com has not answered within 200 ms");
      assertThat(answer.sent()).isFalse();
      answered.countDown();
    }
  }

  @Test
  void an_interrupt_ends_a_call_that_nobody_answers_and_leaves_the_sender_whole() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.answering(
                request -> {
                  asked.countDown();
                  return Answer.silence();
                });
        TestContext context = TestContext.named("test").build();
        HttpSender sender = new HttpSender(context, Duration.ofMinutes(5))) {
      HttpRequest request = HttpRequest.json(server.url("/"), Map.of(), "{}");
      CompletableFuture<Exception> end = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  sender.send(request);
                } catch (Exception thrown) {
                  end.complete(thrown);
                }
              });
      caller.start();
      asked.await();
      caller.interrupt();
      assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      server.script(ignored -> Answer.of(200, "fine"));
      assertThat(sender.send(request).usual().kind()).isEqualTo(Kind.DONE);
    }
  }

  @Test
  void a_receiver_of_old_that_closes_without_a_word_is_called_again_and_again() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        TestContext context = TestContext.named("test").build();
        HttpSender sender = new HttpSender(context, Duration.ofSeconds(10))) {
      Thread answering = new Thread(() -> answerAsOfOld(server));
      answering.start();
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
      for (int i = 0; i < 5; i++) {
        assertThat(sender.send(HttpRequest.json(url, Map.of(), "{}")).usual().kind())
            .isEqualTo(Kind.DONE);
      }
    }
  }

  private static void answerAsOfOld(ServerSocket server) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          byte[] request = new byte[4_096];
          String read = "";
          while (!read.endsWith("{}")) {
            int length = socket.getInputStream().read(request);
            read += new String(request, 0, length, StandardCharsets.US_ASCII);
          }
          String answer = "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok";
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException over) {
      // the server is closed
    }
  }

  @Test
  void a_connection_that_has_rested_for_two_seconds_is_not_used_again() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> Answer.of(200, "fine"));
        FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port());
        TestContext context = TestContext.named("test").build();
        HttpSender sender = new HttpSender(context, Duration.ofSeconds(10))) {
      HttpRequest request =
          HttpRequest.json(URI.create("http://127.0.0.1:" + proxy.port()), Map.of(), "{}");
      sender.send(request);
      Thread.sleep(2_000);
      proxy.cut();
      assertThat(sender.send(request).usual().kind()).isEqualTo(Kind.DONE);
    }
  }

  @Test
  void a_sender_for_a_receiver_with_tls_begins_with_a_handshake() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        TestContext context = TestContext.named("test").build()) {
      CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> firstByte(server));
      URI url = URI.create("https://127.0.0.1:" + server.getLocalPort());
      try (HttpSender sender = new HttpSender(context, Duration.ofSeconds(10), url)) {
        HttpAnswer answer = sender.send(HttpRequest.json(url, Map.of(), "{}"));
        assertThat(answer.sent()).isFalse();
      }
      assertThat(first.join()).isEqualTo(HANDSHAKE);
    }
  }

  private static int firstByte(ServerSocket server) {
    try (Socket socket = server.accept()) {
      return socket.getInputStream().read();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void a_sender_for_a_receiver_without_tls_calls_it() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> Answer.of(200, "fine"));
        TestContext context = TestContext.named("test").build();
        HttpSender sender = new HttpSender(context, Duration.ofSeconds(10), server.url("/"))) {
      HttpAnswer answer = sender.send(HttpRequest.json(server.url("/"), Map.of(), "{}"));
      assertThat(answer.usual().kind()).isEqualTo(Kind.DONE);
    }
  }

  @Test
  void what_breaks_off_after_the_first_byte_may_have_arrived() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> Answer.of(200, "fine"));
        FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
      proxy.resetAfter(0);
      HttpAnswer answer = sendTo(URI.create("http://127.0.0.1:" + proxy.port()));
      assertThat(answer.usual().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(answer.sent()).isTrue();
    }
  }

  @Test
  void an_answer_does_not_repeat_a_header_that_may_be_a_key() throws Exception {
    HttpAnswer answer =
        send(
            Answer.of(400, "no a-long-secret-key, nor short"),
            Map.of("X-Key", "a-long-secret-key", "X-Level", "short"));
    assertThat(answer.body()).isEqualTo("no ****, nor short");
  }

  private static HttpAnswer sendTo(URI url) throws Exception {
    try (TestContext context = TestContext.named("test").build();
        HttpSender sender = new HttpSender(context, Duration.ofSeconds(10))) {
      return sender.send(HttpRequest.json(url, Map.of(), "{}"));
    }
  }

  @Test
  void a_reason_is_one_line_of_the_answer_without_control_characters() throws Exception {
    HttpAnswer answer = send(Answer.of(422, "first\u001b[31m\nsecond"), Map.of());
    assertThat(answer.usual().reason()).isEqualTo("127.0.0.1 answers 422: first [31m");
  }

  @Test
  void an_answer_does_not_repeat_path_query_or_credentials() throws Exception {
    HttpAnswer answer =
        send(
            Answer.of(400, "no /secret/path?q=secret for Bearer t0ken"),
            Map.of("Authorization", "Bearer t0ken"));
    assertThat(answer.body()).isEqualTo("no ****?**** for Bearer ****");
  }
}
