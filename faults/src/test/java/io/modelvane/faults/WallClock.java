package io.modelvane.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The wall clock of the product alone, set by a file: libfaketime answers in the kernel's place.
 * The clock that only counts, by which a system measures how long something takes, is left alone,
 * as it is when somebody sets the time of a machine.
 */
final class WallClock {
  private static final Optional<Path> LIBRARY =
      List.of("x86_64-linux-gnu", "aarch64-linux-gnu").stream()
          .map(machine -> Path.of("/usr/lib", machine, "faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();

  /** A command of the shell that gives the product this clock. */
  static final String COMMAND =
      "export LD_PRELOAD=%s FAKETIME_TIMESTAMP_FILE=@folder@/clock FAKETIME_NO_CACHE=1"
              .formatted(LIBRARY.map(Path::toString).orElse(""))
          + " FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 NO_FAKE_STAT=1";

  private WallClock() {}

  static boolean canStep() {
    return LIBRARY.isPresent();
  }

  /** So many seconds away from the true time from now on. */
  static void step(Stage stage, int seconds) throws IOException {
    Path file = stage.folder().resolve("clock");
    Path next = Files.writeString(stage.folder().resolve("clock.next"), "%+d\n".formatted(seconds));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
