package io.modelvane.notifier.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** An SMTP server that answers a command as a test says, for what a whole server would not do. */
final class ScriptedSmtp implements AutoCloseable {
  private final ServerSocket listener;
  private final @Nullable SSLSocketFactory tls;
  private final boolean tlsAtOnce;
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private volatile String endless = "no command";
  private volatile Duration pause = Duration.ZERO;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> mails = new CopyOnWriteArrayList<>();

  private ScriptedSmtp(@Nullable SSLSocketFactory tls, boolean tlsAtOnce) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.tls = tls;
    this.tlsAtOnce = tlsAtOnce;
    Thread thread = new Thread(this::accept, "scripted smtp");
    thread.setDaemon(true);
    thread.start();
  }

  static ScriptedSmtp plain() throws IOException {
    return new ScriptedSmtp(null, false);
  }

  static ScriptedSmtp startTls(SSLSocketFactory tls) throws IOException {
    return new ScriptedSmtp(tls, false);
  }

  static ScriptedSmtp tls(SSLSocketFactory tls) throws IOException {
    return new ScriptedSmtp(tls, true);
  }

  /** Answers commands that begin so with these words; {@code .} is the end of a mail. */
  ScriptedSmtp reply(String command, String words) {
    replies.put(command, words);
    return this;
  }

  /** Answers a command that begins so with lines that never end. */
  ScriptedSmtp endless(String command) {
    return endless(command, Duration.ZERO);
  }

  /** The same, with a pause after each line. */
  ScriptedSmtp endless(String command, Duration each) {
    endless = command;
    pause = each;
    return this;
  }

  int port() {
    return listener.getLocalPort();
  }

  List<String> commands() {
    return List.copyOf(commands);
  }

  List<String> mails() {
    return List.copyOf(mails);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        talk(tlsAtOnce ? upgraded(socket) : socket);
      } catch (IOException goneOrClosing) {
        // The next caller is served alike.
      }
    }
  }

  private SSLSocket upgraded(Socket socket) throws IOException {
    if (tls == null) {
      throw new IOException("no certificate");
    }
    SSLSocket secure = (SSLSocket) tls.createSocket(socket, null, socket.getPort(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }

  private void talk(Socket given) throws IOException {
    Socket socket = given;
    BufferedReader in = reader(socket);
    say(socket, replies.getOrDefault("greeting", "220 scripted ESMTP"));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      commands.add(line);
      String verb = line.toUpperCase(Locale.ROOT);
      while (verb.startsWith(endless)) {
        say(socket, "250-and so on");
        LockSupport.parkNanos(pause.toNanos());
      }
      String words = answer(verb, socket instanceof SSLSocket);
      say(socket, words);
      if (verb.startsWith("STARTTLS") && words.startsWith("2")) {
        socket = upgraded(socket);
        in = reader(socket);
      } else if (verb.equals("DATA") && words.startsWith("3")) {
        mails.add(mail(in));
        say(socket, answer(".", false));
      }
    }
  }

  private String answer(String verb, boolean secure) {
    for (Map.Entry<String, String> entry : replies.entrySet()) {
      if (verb.startsWith(entry.getKey().toUpperCase(Locale.ROOT))) {
        return entry.getValue();
      }
    }
    if (verb.startsWith("EHLO")) {
      String offer = tls == null || secure ? "250-SIZE" : "250-STARTTLS";
      return "250-scripted\r\n" + offer + "\r\n250 AUTH PLAIN LOGIN";
    } else if (verb.startsWith("AUTH")) {
      return "235 welcome";
    } else if (verb.startsWith("STARTTLS")) {
      return "220 go ahead";
    }
    return verb.equals("DATA") ? "354 go on" : "250 fine";
  }

  private static String mail(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      lines.add(line);
    }
    return String.join("\n", lines);
  }

  private void say(Socket socket, String words) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
