package io.modelvane.faults;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The product's processes in one case, one after the other or side by side. */
final class Processes implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** What a machine that is busy with other cases may add. */
  private static final Duration BUSY = Duration.ofSeconds(10);

  private static final int INTERRUPTED_BY_TERM = 143;

  private final Path configuration;
  private final List<Product> all = new ArrayList<>();
  private final Set<Product> retired = new HashSet<>();

  /**
   * None yet.
   *
   * @param configuration of this case
   */
  Processes(Path configuration) {
    this.configuration = configuration;
  }

  /** Starts one with the configuration of this case. */
  Product start(Product.Launch launch) {
    return start(launch, configuration);
  }

  Product start(Product.Launch launch, Path other) {
    Product started = Product.start(launch, other);
    all.add(started);
    return started;
  }

  List<Product> all() {
    return List.copyOf(all);
  }

  /** The one that was started last and has not retired. */
  Product last() {
    return all.stream()
        .filter(product -> !retired.contains(product))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** This one is done. */
  void retire(Product product) {
    retired.add(product);
  }

  /** Asks one to stop, as the system does; it has to within its time. */
  static void term(Product running) throws InterruptedException {
    long start = System.nanoTime();
    running.signal("TERM");
    int code = running.exitCode(Product.SOON);
    if (code != INTERRUPTED_BY_TERM) {
      throw new AssertionError("ended with " + code + "; it said:\n" + running.words());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (took.compareTo(STOP_WITHIN.plus(BUSY)) > 0) {
      throw new AssertionError("took " + took + " to stop; it said:\n" + running.words());
    }
  }

  /** Runs another command of the product, with the configuration of this case; it has to work. */
  void command(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Product.home().resolve("bin/modelvane").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("-c", configuration.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + " ended with " + process.exitValue() + ":\n" + said);
    }
  }

  @Override
  public void close() {
    for (Product product : all) {
      try {
        product.kill();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
