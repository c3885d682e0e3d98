package io.modelvane.kafka;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocketFactory;

/**
 * Says what a client of Kafka says first, to hear whether anybody answers at all, and as what.
 * Whoever speaks another protocol answers in it or hangs up; who does neither hangs.
 */
final class FirstWords {
  /** What came back. */
  enum Answer {
    NONE,
    KAFKA,
    /** Another protocol's words, or the end of the connection. */
    OTHER
  }

  private static final int PATIENCE_MILLIS = 2_000;
  private static final int CORRELATION = 0x6d6f6465;

  /**
   * ApiVersions, version 0, without a client id:
   * https://kafka.apache.org/protocol#protocol_messages.
   */
  private static final byte[] API_VERSIONS =
      ByteBuffer.allocate(14)
          .putInt(10)
          .putShort((short) 18)
          .putShort((short) 0)
          .putInt(CORRELATION)
          .putShort((short) -1)
          .array();

  private FirstWords() {}

  static Answer say(InetSocketAddress address, boolean encrypted) {
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (!encrypted) {
        return say(socket);
      }
      SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
      try (Socket secured =
          tls.createSocket(socket, address.getHostString(), address.getPort(), true)) {
        return say(secured);
      }
    } catch (SocketTimeoutException silent) {
      return Answer.NONE;
    } catch (IOException hungUp) {
      return Answer.OTHER;
    }
  }

  /** Every answer of Kafka begins with its length and the number of the question. */
  private static Answer say(Socket socket) throws IOException {
    socket.getOutputStream().write(API_VERSIONS);
    DataInputStream answer = new DataInputStream(socket.getInputStream());
    var unused = answer.readInt();
    return answer.readInt() == CORRELATION ? Answer.KAFKA : Answer.OTHER;
  }
}
