/** Every speed that Understudy claims, with its baseline in the same run. */
package io.understudy.benchmarks;
