// Two neurons that get the same charge in every period, for +cycles=N periods; says when the first
// answers have come. Their parameters are in params.csv, in the working directory.
`default_nettype none

module tb;
  timeunit 1ps; timeprecision 1ps;

  localparam ANSWERED = 3;

  reg clk = 1'b0;
  always #2500 clk <= !clk;

  wire [1:0] spike;
  lif_neuron_bank #(
      .N(2),
      .PARAMS("params.csv")
  ) u_bank (
      .clk(clk),
      .in_valid(2'b11),
      .weight_code({8'd60, 8'd40}),
      .spike(spike)
  );

  integer last;
  integer cycles = 0;
  initial if ($value$plusargs("cycles=%d", last) == 0) last = 20;

  always @(posedge clk) begin
    cycles <= cycles + 1;
    if (cycles == ANSWERED) begin
      $display("answered");
      $fflush;
    end
    if (cycles == last) $finish;
  end
endmodule

`default_nettype wire
