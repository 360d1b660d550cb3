/**
 * ngspice as what answers a bank: one process an instance, driven period by period with inputs that
 * nobody knew before, so that what is driven may react to what the circuit did.
 */
package io.understudy.characterizer.lockstep;
