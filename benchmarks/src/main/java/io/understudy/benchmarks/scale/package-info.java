/** Cost and memory against the number of instances. */
package io.understudy.benchmarks.scale;
