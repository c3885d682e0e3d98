package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With launchers that are shell scripts. */
class ProductTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  @TempDir Path home;

  @Test
  void isAskedToStopAndMayFinish() throws IOException {
    launcher(
        """
        trap 'echo finished >"$0.end"; exit 0' TERM
        echo "$@" >"$0.began"
        while true; do sleep 0.1; done
        """);
    Product product = start(1);
    await().atMost(LONG).until(() -> Files.exists(beside("began")));

    product.close();

    assertThat(product.isRunning()).isFalse();
    assertThat(beside("end")).hasContent("finished");
    assertThat(beside("began")).hasContent("run -c " + home.resolve("demo.yaml"));
  }

  @Test
  void endWhileStartingIsToldInItsOwnWords() throws IOException {
    launcher("echo 'demo.yaml:3:1: unknown option' >&2; exit 78");
    Product product = start(1);

    assertThatThrownBy(() -> product.awaitReady(LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("demo.yaml:3:1: unknown option");
    product.close();
  }

  @Test
  void isReadyWhenItSaysSo() throws IOException {
    launcher("sleep 60");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/ready", exchange -> exchange.sendResponseHeaders(200, -1));
    http.start();
    Product product = start(http.getAddress().getPort());

    product.awaitReady(LONG);

    assertThat(product.isRunning()).isTrue();
    product.close();
    http.stop(0);
  }

  private Product start(int port) {
    return Product.start(
        new Product.Setting(home, home.resolve("demo.yaml"), port, home.resolve("log")));
  }

  private Path beside(String ending) {
    return home.resolve("bin").resolve("modelvane." + ending);
  }

  private void launcher(String script) throws IOException {
    Path file = home.resolve("bin").resolve("modelvane");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
