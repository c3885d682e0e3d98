package io.modelvane.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pf4j.util.FileUtils;

/**
 * A zip, unpacked beside itself into a folder that notes which file it came from. PF4J compares
 * dates alone, so that an older zip in the place of another, or none, would change nothing.
 */
final class UnpackedZip {
  private static final String SUFFIX = ".zip";
  private static final String NOTE = ".unpacked-from";
  private static final String DESCRIPTION = "plugin.properties";

  private UnpackedZip() {}

  /** The folder, unpacked again when it came from another file. */
  static Path of(Path zip) throws IOException {
    String name = zip.getFileName().toString();
    Path folder = zip.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    Path note = folder.resolve(NOTE);
    String source = Files.size(zip) + " bytes of " + Files.getLastModifiedTime(zip);
    boolean other = !Files.exists(note) || !Files.readString(note).equals(source);
    if (other && Files.isWritable(folder) && Files.exists(folder.resolve(DESCRIPTION))) {
      FileUtils.delete(folder);
    }
    Path unpacked = FileUtils.expandIfZip(zip);
    if (!Files.exists(note) && Files.isWritable(folder)) {
      Files.writeString(note, source);
    }
    return unpacked;
  }

  /** Whether a folder is a plugin by itself: not when it was unpacked from a zip that is gone. */
  static boolean isPlugin(Path folder) {
    return Files.exists(folder.resolve(DESCRIPTION))
        && (!Files.exists(folder.resolve(NOTE))
            || Files.exists(folder.resolveSibling(folder.getFileName() + SUFFIX)));
  }
}
