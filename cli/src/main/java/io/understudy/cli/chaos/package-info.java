/** Runs the shipped testbench while its server is killed, or its connection spoilt. */
package io.understudy.cli.chaos;
