package io.modelvane.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 for servers that start later, and again after they were killed. They lie below
 * the range from which systems take the ports of outgoing connections, and below the range of the
 * fault proxies of the test kit. Each is given once: this process holds the datagram port of the
 * same number, which none of the servers uses, until it ends; so no other chooses it in between.
 */
final class FreePorts {
  static final int LOWEST = 12_000;
  static final int HIGHEST = 20_000; // where FaultProxy begins
  private static final int ATTEMPTS = 200;
  private static final List<DatagramSocket> CLAIMS = new ArrayList<>();

  private FreePorts() {}

  static int next() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (claim(port)) {
        return port;
      }
    }
    throw new UncheckedIOException(
        new IOException("no free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1"));
  }

  /** Whether nobody listens on it, and nobody else was given it. */
  static synchronized boolean claim(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      DatagramSocket claim = new DatagramSocket(address);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(address);
        CLAIMS.add(claim);
        return true;
      } catch (IOException taken) {
        claim.close();
        return false;
      }
    } catch (IOException taken) {
      return false;
    }
  }
}
