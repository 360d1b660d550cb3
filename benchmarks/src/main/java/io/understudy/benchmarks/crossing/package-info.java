/** Round trips of the crossing protocol against a bare echo. */
package io.understudy.benchmarks.crossing;
