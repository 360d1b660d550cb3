// A behavioural model of the neuron, as one writes it by hand: one membrane voltage with a linear
// leak, a threshold, a reset, a fixed delay; no energy. For one bias point, that of mnist-spiking.
`default_nettype none

module lif_neuron_bank #(
    parameter N = 16,  // neurons of the bank
    // verilator lint_off UNUSEDPARAM
    parameter PARAMS = ""  // not read: the bias point is fixed
    // verilator lint_on UNUSEDPARAM
) (
    input  wire           clk,
    input  wire [N-1:0]   in_valid,
    input  wire [N*8-1:0] weight_code,
    output wire [N-1:0]   spike
);
  timeunit 1ps; timeprecision 1ps;

  localparam real LIFT_V = 0.864 * 0.016;  // volts that one charge code lifts the membrane
  localparam real THRESHOLD_V = 1.195;
  localparam real RESET_V = 0.0;
  localparam real KEEP = 0.8806;
  localparam real LOSS_V = 0.0372;
  localparam real FLOOR_V = -0.075;
  localparam DELAY_PS = 2400;

  real membrane[0:N-1];
  reg [N-1:0] spike_q = {N{1'b0}};
  reg [N-1:0] next_spike;
  assign spike = spike_q;

  initial begin : rest
    integer n;
    for (n = 0; n < N; n = n + 1) membrane[n] = 0.0;
  end

  always @(posedge clk) begin : answer
    integer n, code;
    real v;
    for (n = 0; n < N; n = n + 1) begin
      next_spike[n] = 1'b0;
      v = membrane[n];
      if (in_valid[n]) begin
        code = {24'd0, weight_code[n*8+:8]};
        if (code > 127) code = code - 256;
        v = v + LIFT_V * code;
        if (v < FLOOR_V) v = FLOOR_V;
      end
      if (v > THRESHOLD_V) begin
        next_spike[n] = 1'b1;
        v = RESET_V;
      end else begin
        v = KEEP * v - LOSS_V;
        if (v < 0.0) v = 0.0;
      end
      membrane[n] = v;
    end
    spike_q <= {N{1'b0}};
    spike_q <= #(DELAY_PS) next_spike;
  end
endmodule

`default_nettype wire
