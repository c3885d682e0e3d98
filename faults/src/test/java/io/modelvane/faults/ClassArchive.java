package io.modelvane.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The product's classes in a form that its JVM need not load one by one: half of what a start
 * costs. One process records them, those after it share them; where a JVM cannot, it loads them as
 * ever.
 */
final class ClassArchive {
  private final Path file;
  private final Path recorded;

  ClassArchive(Path file) {
    this.file = file;
    this.recorded = file.resolveSibling("recorded.jsa");
  }

  /** For the JVM of a product, with a space behind; empty while there is none. */
  String options() {
    return Files.exists(file) ? "-XX:SharedArchiveFile=" + file + " " : "";
  }

  /** For the JVM that records, when it ends. */
  private String recording() {
    return "-XX:ArchiveClassesAtExit=" + recorded;
  }

  /** Lets a product do a little of everything, undisturbed, and keeps what it had loaded. */
  void record(Ground ground, Path folder) throws Exception {
    FaultCase row = FaultCase.named("class archive").java(recording());
    Ground.Lane lane = ground.enter();
    try (Stage stage = new Stage(row, lane, folder)) {
      stage.traffic().start();
      Product product = stage.launch();
      product.awaitRunning();
      stage.awaitFlow();
      stage.recover(stage.breach());
      stage.await("everybody is told", new Oracle(stage, row.terms())::isTold);
      product.signal("TERM");
      product.exitCode(Product.SOON);
      keep();
    } finally {
      ground.leave(lane);
    }
  }

  private void keep() throws IOException {
    if (Files.exists(recorded)) {
      Files.move(recorded, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
