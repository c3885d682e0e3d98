package io.modelvane.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is in the files of dead letters: read on from where the last look ended. */
final class DeadLetters {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Path> folders = new CopyOnWriteArrayList<>();
  private final Map<Path, Long> read = new HashMap<>();
  private final Map<String, Set<String>> ids = new ConcurrentHashMap<>();
  private final List<String> flaws = new CopyOnWriteArrayList<>();
  private @Nullable Way away;

  private record Way(Path from, Path to) {}

  /** Looks into this folder as well from now on; it need not exist. */
  void lookInto(Path folder) {
    folders.add(folder);
  }

  /** Moves what comes to a folder to another from now on, before each look. */
  synchronized void keepMoving(Path from, Path to) {
    lookInto(to);
    away = new Way(from, to);
  }

  /** The ids that a pipeline gave up. */
  Set<String> of(String pipeline) {
    return ids.computeIfAbsent(pipeline, any -> ConcurrentHashMap.newKeySet());
  }

  /** Letters that are not as they should be. */
  List<String> flaws() {
    return List.copyOf(flaws);
  }

  /** Reads what has come; a line that is not at its end does not count yet. */
  synchronized void look() {
    try {
      if (away != null) {
        move(away);
      }
      for (Path folder : folders) {
        if (Files.isDirectory(folder)) {
          look(folder);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void move(Way way) throws IOException {
    for (Path file : files(way.from())) {
      Files.move(file, way.to().resolve(file.getFileName()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  private void look(Path folder) throws IOException {
    for (Path file : files(folder)) {
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        read(file, channel);
      } catch (NoSuchFileException moved) {
        // It is found again where it went.
      }
    }
  }

  private void read(Path file, SeekableByteChannel channel) throws IOException {
    long from = read.getOrDefault(file, 0L);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
    channel.position(from);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    int end = buffer.position();
    while (end > 0 && buffer.get(end - 1) != '\n') {
      end--;
    }
    new String(buffer.array(), 0, end, StandardCharsets.UTF_8).lines().forEach(this::note);
    read.put(file, from + end);
  }

  private void note(String line) {
    try {
      JsonNode letter = JSON.readTree(line);
      String id = new String(letter.path("key").binaryValue(), StandardCharsets.UTF_8);
      of(letter.path("pipeline").asText()).add(id);
      if (letter.path("reason").asText().isBlank()) {
        flaws.add("no reason: " + line);
      }
      if (line.contains(Stage.SECRET)) {
        flaws.add("a secret: " + line);
      }
    } catch (IOException broken) {
      flaws.add("not JSON: " + line);
    }
  }
}
