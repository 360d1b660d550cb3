/** What an evaluation costs in a simulator. */
package io.understudy.benchmarks.simulator;
