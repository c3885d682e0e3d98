package io.modelvane.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocketFactory;

/**
 * Says what a client of Kafka says first, to hear whether anybody answers at all. Whoever speaks
 * another protocol answers in it or hangs up; who does neither hangs.
 */
final class FirstWords {
  private static final int PATIENCE_MILLIS = 2_000;

  /**
   * ApiVersions, version 0, without a client id:
   * https://kafka.apache.org/protocol#protocol_messages.
   */
  private static final byte[] API_VERSIONS =
      ByteBuffer.allocate(14)
          .putInt(10)
          .putShort((short) 18)
          .putShort((short) 0)
          .putInt(0)
          .putShort((short) -1)
          .array();

  private FirstWords() {}

  /** Whether there is an answer, if only that the connection ends. */
  static boolean areHeard(InetSocketAddress address, boolean encrypted) {
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (encrypted) {
        SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (Socket secured =
            tls.createSocket(socket, address.getHostString(), address.getPort(), true)) {
          var unused = secured.getInputStream().read(); // after the handshake, or its failure
        }
      } else {
        socket.getOutputStream().write(API_VERSIONS);
        var unused = socket.getInputStream().read();
      }
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException hungUp) {
      return true;
    }
  }
}
