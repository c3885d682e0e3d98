package io.modelvane.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a process holds. */
final class ResidentMemory {
  private ResidentMemory() {}

  /** In KiB; empty if the process is gone or the system does not say. */
  static OptionalLong kilobytes(long pid) {
    try {
      Path status = Path.of("/proc", String.valueOf(pid), "status");
      String text = Files.exists(status) ? line(status) : ps(pid);
      String digits = text.replaceAll("\\D", "");
      return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    } catch (IOException unknown) {
      return OptionalLong.empty();
    }
  }

  private static String line(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .findFirst()
        .orElse("");
  }

  private static String ps(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
    return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
