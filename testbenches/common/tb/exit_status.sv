// Ends the simulation with a status that is not 0 if a check failed.
`default_nettype none

module exit_status (
    input wire has_failed_i
);
  timeunit 1ps; timeprecision 1ps;

  // Not at once: the other modules' final blocks shall have run.
  final if (has_failed_i) $fatal(1, "the checks failed: see TB FAIL");
endmodule

`default_nettype wire
