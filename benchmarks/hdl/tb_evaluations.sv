// A bank of neurons with an input for each instance at each edge, and nothing else: what a run
// takes is what the evaluations cost. +steps=K sets the length.
`default_nettype none

module tb_evaluations;
  timeunit 1ps;
  timeprecision 1ps;

  parameter N = 1000;

  reg clk = 1'b0;
  always #2500 clk <= !clk;

  reg [N-1:0] in_valid = {N{1'b0}};
  reg [N*8-1:0] weight_code = {N{8'h23}};
  wire [N-1:0] spike;
  integer step = 0;
  integer steps = 10;
  integer spikes = 0;

  lif_neuron_bank #(
      .N(N),
      .TRACE(0)
  ) u_neurons (
      .clk(clk),
      .in_valid(in_valid),
      .weight_code(weight_code),
      .spike(spike)
  );

  initial if (!$value$plusargs("steps=%d", steps)) steps = 10;

  // All codes at once, by a shift: a loop over the instances would be what costs.
  always @(posedge clk) begin
    step <= step + 1;
    in_valid <= {N{1'b1}};
    weight_code <= {weight_code[N*8-9:0], weight_code[N*8-1-:8] ^ 8'h11};
    if (|spike) spikes <= spikes + 1;
    if (step == steps) begin
      $display("steps with a spike: %0d", spikes);
      $finish;
    end
  end
endmodule

`default_nettype wire
