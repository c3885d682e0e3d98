package io.modelvane.engine.words;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in an operator's words why a file cannot be used; its name stands elsewhere. */
public final class FileTrouble {
  private FileTrouble() {}

  /** A few words such as {@code permission denied}. */
  public static String words(IOException trouble) {
    if (trouble instanceof NoSuchFileException) {
      return "it does not exist";
    } else if (trouble instanceof AccessDeniedException) {
      return "permission denied";
    } else if (trouble instanceof FileAlreadyExistsException
        || trouble instanceof NotDirectoryException) {
      return "it is a file, not a folder";
    } else if (trouble instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    } else if (String.valueOf(trouble.getMessage()).contains("Is a directory")) {
      return "it is a folder";
    }
    boolean says = trouble instanceof FileSystemException system && system.getReason() != null;
    String reason = says ? ((FileSystemException) trouble).getReason() : trouble.getMessage();
    return reason == null ? trouble.toString() : reason;
  }
}
