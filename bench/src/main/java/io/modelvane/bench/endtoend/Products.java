package io.modelvane.bench.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of one run. */
final class Products implements AutoCloseable {
  private final Optional<Path> java;
  private final List<LaunchedProduct> all = new ArrayList<>();

  /**
   * None yet.
   *
   * @param java the JDK to run on; the launcher chooses when there is none
   */
  Products(Optional<Path> java) {
    this.java = java;
  }

  void start(Path home, Path folder, String configuration) throws IOException {
    all.add(LaunchedProduct.start(home, folder, configuration, java));
  }

  /** Fails when one of them has ended. */
  void check() throws IOException {
    for (LaunchedProduct product : all) {
      product.check();
    }
  }

  /** What all of them have used until now. */
  ProcessFigures figures() throws IOException {
    ProcessFigures sum = ProcessFigures.NONE;
    for (LaunchedProduct product : all) {
      sum = sum.plus(product.figures());
    }
    return sum;
  }

  @Override
  public void close() {
    all.forEach(LaunchedProduct::close);
  }
}
