/** The forests against LightGBM. */
package io.understudy.benchmarks.evaluator;
