package io.modelvane.engine.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small texts, also from what has no size or no end, such as a pipe or a device. */
final class TextFile {
  private TextFile() {}

  /** It goes on after what may be read of it. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(int most) {
      super("it is larger than " + (most >> 20) + " MiB");
    }
  }

  /**
   * The text of a file.
   *
   * @throws TooLarge when it has more than {@code most} bytes
   * @throws java.nio.charset.CharacterCodingException when it is not UTF-8
   */
  static String read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new TooLarge(most);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
