package io.understudy.surrogate.circuit;

import java.util.List;

/**
 * A feature that training learns: the value of {@code of} at which the decision flips, as a linear
 * function (with intercept) of the terms, by logistic regression of the decision on {@code of} and
 * the terms.
 *
 * @param of the feature whose threshold is sought
 * @param decides the event output that is decided
 * @param terms expressions
 */
public record ThresholdFit(String of, String decides, List<String> terms) {
  public ThresholdFit {
    Check.word("fits.of", of);
    Check.word("fits.decides", decides);
    terms = Check.list(terms);
    if (terms.isEmpty()) {
      throw Check.error("fits.terms", "none", "at least one expression");
    }
  }
}
