package io.modelvane.engine.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Has SQLite's native library unpacked beside the database, where one process at a time works. In
 * the temporary folder, where the driver puts it otherwise, each process that is killed leaves a
 * copy for ever, and code may not be allowed to run there.
 */
final class SqliteLibrary {
  private static final String FOLDER = "org.sqlite.tmpdir";
  private static final String READY_MADE = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * To be called before the first connection of this process; later calls change nothing, nor do
   * they where the operator has said where the library shall be.
   *
   * @param folder is made if need be; copies that killed processes left there are deleted
   */
  static synchronized void unpackInto(Path folder) throws IOException {
    if (System.getProperty(FOLDER) != null || System.getProperty(READY_MADE) != null) {
      return;
    }
    Files.createDirectories(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path copy : left) {
        Files.delete(copy);
      }
    }
    System.setProperty(FOLDER, folder.toAbsolutePath().toString());
  }
}
