/** Sessions that ngspice answers or checks: where server and characterizer meet. */
package io.understudy.cli.golden;
