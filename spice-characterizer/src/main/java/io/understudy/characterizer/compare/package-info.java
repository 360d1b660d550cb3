/**
 * A surrogate against ngspice on stimuli that neither saw before: errors against tolerances, in
 * closed loop and with ngspice's states at each event's start.
 */
package io.understudy.characterizer.compare;
