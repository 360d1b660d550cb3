/** Circuits in a closed loop, and against ngspice. */
package io.understudy.benchmarks.circuit;
