/** Paired timing, programs, and what the machine is. */
package io.understudy.benchmarks.measure;
