package io.modelvane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultProxyTest {
  private Greeter server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = Greeter.saying("0123456789");
    proxy = FaultProxy.to("127.0.0.1", server.port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(2_000);
    return socket;
  }

  private String read() throws IOException {
    try (Socket socket = connect()) {
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void passes_everything_on_when_nothing_is_asked() throws Exception {
    assertThat(read()).isEqualTo("0123456789");
  }

  @Test
  void refuses_and_listens_again_at_the_same_port() throws Exception {
    proxy.refuse();
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    proxy.pass();
    assertThat(read()).isEqualTo("0123456789");
  }

  @Test
  void resets_after_so_many_bytes() throws Exception {
    proxy.resetAfter(4);
    assertThatThrownBy(this::read)
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    proxy.pass();
    assertThat(read()).isEqualTo("0123456789");
  }

  @Test
  void swallows_without_closing() throws Exception {
    proxy.swallow();
    try (Socket socket = connect()) {
      socket.setSoTimeout(200);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void cuts_what_is_open() throws Exception {
    proxy.swallow();
    try (Socket socket = connect()) {
      Awaitility.await().until(() -> proxy.connections() == 1);
      proxy.cut();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void delays_and_throttles() throws Exception {
    proxy.delay(Duration.ofMillis(150));
    long before = System.nanoTime();
    assertThat(read()).isEqualTo("0123456789");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(140));
    proxy.throttle(50);
    before = System.nanoTime();
    assertThat(read()).isEqualTo("0123456789");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(190));
  }
}
