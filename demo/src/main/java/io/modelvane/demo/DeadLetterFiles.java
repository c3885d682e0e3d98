package io.modelvane.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The product's dead letters, read from its files: one JSON object a line. */
final class DeadLetterFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  DeadLetterFiles(Path folder) {
    this.folder = folder;
  }

  /** How many different messages a pipeline gave up; an unfinished line does not count yet. */
  long messages(String pipeline) {
    Set<String> positions = new HashSet<>();
    try {
      for (Path file : files()) {
        String text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .map(DeadLetterFiles::parse)
            .filter(letter -> letter.path("pipeline").asText().equals(pipeline))
            .forEach(letter -> positions.add(position(letter)));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read the dead letters in " + folder, failure);
    }
    return positions.size();
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException broken) {
      throw new UncheckedIOException("a dead letter is not JSON", broken);
    }
  }

  private static String position(JsonNode letter) {
    return letter.path("stream").asText()
        + "/"
        + letter.path("partition").asText()
        + "/"
        + letter.path("offset").asText();
  }
}
