package io.understudy.cli;

import io.understudy.characterizer.CharacterizationException;
import io.understudy.characterizer.ngspice.NgspiceException;
import io.understudy.cli.simulate.SimulationException;
import io.understudy.server.client.CrossingException;

/** What a failed command says and returns. */
final class Failure {
  private Failure() {}

  /** One line for people; a stack trace only where the failure is ours and says nothing itself. */
  static String message(Exception e) {
    return e.getMessage() == null || isUnexpected(e) ? stackTrace(e) : e.getMessage();
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
