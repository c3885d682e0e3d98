package io.modelvane.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One call of the launcher in an environment that holds nothing but what is given here. */
record Launch(
    Path home,
    Path tools,
    List<String> shell,
    Path script,
    Path from,
    Map<String, String> environment) {
  /** What came of it. */
  record Result(int code, List<String> out, List<String> err) {}

  Launch(Path home, Path tools) {
    this(home, tools, List.of(), home.resolve("bin/modelvane"), home, Map.of("PATH", tools + ""));
  }

  /** A folder with the tools that every POSIX system has and the launcher uses. */
  static Path tools(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String tool : List.of("ls", "sed", "dirname", "sh")) {
      Path found =
          Stream.of("/bin", "/usr/bin")
              .map(bin -> Path.of(bin, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Path script = folder.resolve(tool);
      Files.writeString(script, "#!/bin/sh\nexec " + found + " \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return folder;
  }

  Launch javaHome(Path jdk) {
    return with("JAVA_HOME", jdk.toString());
  }

  Launch opts(String options) {
    return with("MODELVANE_OPTS", options);
  }

  /** Puts JDKs on the PATH, in this order, before the tools. */
  Launch path(Path... jdks) {
    StringBuilder path = new StringBuilder();
    for (Path jdk : jdks) {
      path.append(jdk.resolve("bin")).append(':');
    }
    return with("PATH", path.append(tools).toString());
  }

  Launch shell(List<String> words) {
    return new Launch(home, tools, words, script, from, environment);
  }

  Launch script(Path other) {
    return new Launch(home, tools, shell, other, from, environment);
  }

  Launch from(Path folder) {
    return new Launch(home, tools, shell, script, folder, environment);
  }

  private Launch with(String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(environment);
    more.put(name, value);
    return new Launch(home, tools, shell, script, from, more);
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(shell);
    command.add(script.toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("launch", ".out");
    Path err = Files.createTempFile("launch", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(from.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    Result result = new Result(code, lines(out), lines(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
