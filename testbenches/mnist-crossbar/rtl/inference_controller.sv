// Runs one image through the layers: starts each when the one before has its sums, and says when
// the activations between them and the result are to be kept.
`timescale 1ns / 1ps
`default_nettype none

module inference_controller (
    input  wire       clk_i,
    input  wire       rst_ni,
    input  wire       start_i,  // ignored while busy
    input  wire [2:0] layer_done_i,
    output wire [2:0] layer_start_o,
    output wire [1:0] keep_o,  // keep the activations of layer 1, of layer 2
    output wire       keep_result_o,
    output wire       busy_o,
    output wire       done_o  // one period, with the result
);
  logic busy_q;
  logic [2:0] start_q;
  logic done_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q <= 1'b0;
      start_q <= 3'b000;
      done_q <= 1'b0;
    end else begin
      start_q <= {layer_done_i[1:0], start_i && !busy_q};
      done_q  <= layer_done_i[2];
      if (start_i) busy_q <= 1'b1;
      else if (layer_done_i[2]) busy_q <= 1'b0;
    end
  end

  assign layer_start_o = start_q;
  assign keep_o = layer_done_i[1:0];
  assign keep_result_o = layer_done_i[2];
  assign busy_o = busy_q;
  assign done_o = done_q;
endmodule

`default_nettype wire
