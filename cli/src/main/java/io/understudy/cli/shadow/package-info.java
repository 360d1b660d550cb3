/** The surrogate answers, ngspice follows in the background, and what differs is kept. */
package io.understudy.cli.shadow;
