package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void aPortIsGivenOnceAndCanBeListenedOn() throws Exception {
    int port = FreePorts.next();

    assertThat(FreePorts.claim(port)).isFalse();
    try (ServerSocket server = new ServerSocket()) {
      server.bind(at(port));
      assertThat(server.isBound()).isTrue();
    }
  }

  @Test
  void onePortOfAnotherProcessIsLeftAlone() throws Exception {
    int port = FreePorts.next();
    int other = port == FreePorts.LOWEST ? port + 1 : port - 1;
    try (DatagramSocket claim = new DatagramSocket(at(other))) {
      assertThat(claim.isBound()).isTrue();
      assertThat(FreePorts.claim(other)).isFalse();
    }
  }

  @Test
  void onePortThatIsListenedOnIsLeftAlone() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.bind(at(0));
      assertThat(FreePorts.claim(server.getLocalPort())).isFalse();
    }
  }
}
