// Runs one image: so many time steps with input, then some without, in which the last spikes pass
// through the layers and the neurons come to rest.
`timescale 1ns / 1ps
`default_nettype none

module step_controller #(
    parameter STEPS = 100,  // periods with input
    parameter GAP = 24  // periods after them
) (
    input  wire clk_i,
    input  wire rst_ni,
    input  wire start_i,  // ignored while busy
    output wire clear_o,  // of the counters
    output wire step_o,  // the encoder makes a step
    output wire busy_o,
    output wire done_o  // one period: the counts are final
);
  localparam BITS = $clog2(STEPS + GAP + 1);

  logic busy_q;
  logic [BITS-1:0] step_q;
  logic done_q;

  wire is_last = step_q == BITS'(STEPS + GAP - 1);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q <= 1'b0;
      step_q <= {BITS{1'b0}};
      done_q <= 1'b0;
    end else begin
      done_q <= busy_q && is_last;
      if (!busy_q) begin
        busy_q <= start_i;
        step_q <= {BITS{1'b0}};
      end else begin
        busy_q <= !is_last;
        step_q <= step_q + 1'b1;
      end
    end
  end

  assign clear_o = start_i && !busy_q;
  assign step_o = busy_q && step_q < BITS'(STEPS);
  assign busy_o = busy_q;
  assign done_o = done_q;
endmodule

`default_nettype wire
