package io.understudy.cli;

import io.understudy.characterizer.CharacterizationException;
import io.understudy.characterizer.ngspice.NgspiceException;
import io.understudy.cli.simulate.SimulationException;
import io.understudy.server.client.CrossingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a failed command says and returns. */
final class Failure {
  private Failure() {}

  /** One line for people; a stack trace only where the failure is ours and says nothing itself. */
  static String message(Exception e) {
    if (e instanceof FileSystemException file) {
      return message(file);
    }
    return e.getMessage() == null || isUnexpected(e) ? stackTrace(e) : e.getMessage();
  }

  /** What the system says of a file is its bare name, mostly. */
  private static String message(FileSystemException e) {
    String reason = e.getReason();
    if (e instanceof NoSuchFileException) {
      reason = "no such file or folder";
    } else if (e instanceof FileAlreadyExistsException) {
      reason = "a file";
    } else if (e instanceof AccessDeniedException) {
      reason = "permission denied";
    }
    String expected =
        e instanceof FileAlreadyExistsException
            ? "a folder, or none yet"
            : "a path that can be read and written";
    return e.getFile() + ": " + reason + " (expected: " + expected + ")";
  }

  /** The exit status, see {@link ExitStatus}. */
  static int status(Exception e) {
    boolean incomplete =
        e instanceof SimulationException
            || e instanceof CrossingException
            || e instanceof CharacterizationException
            || e instanceof NgspiceException
            || isUnexpected(e);
    return incomplete ? ExitStatus.INCOMPLETE : ExitStatus.USAGE;
  }

  private static boolean isUnexpected(Exception e) {
    return e instanceof NullPointerException
        || e instanceof IndexOutOfBoundsException
        || e instanceof IllegalStateException
        || e instanceof ClassCastException;
  }

  private static String stackTrace(Exception e) {
    java.io.StringWriter text = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
