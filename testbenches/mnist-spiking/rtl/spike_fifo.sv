// A FIFO of spike words, one bit a neuron: what one layer of neurons did in a period, for the next.
// Words without a spike are not kept; whoever writes must not be faster than whoever reads for
// longer than the FIFO is deep.
`timescale 1ns / 1ps
`default_nettype none

module spike_fifo #(
    parameter WIDTH = 784,  // neurons
    parameter DEPTH_LOG2 = 2  // 2 ** DEPTH_LOG2 words
) (
    input  wire             clk_i,
    input  wire             rst_ni,
    input  wire [WIDTH-1:0] spike_i,  // of the period that ends at this edge
    input  wire             rd_ready_i,
    output wire             rd_valid_o,
    output wire [WIDTH-1:0] rd_spike_o,
    output wire             overflow_o  // a word was lost; stays
);
  localparam DEPTH = 1 << DEPTH_LOG2;

  logic [WIDTH-1:0] words_q[0:DEPTH-1];
  logic [DEPTH_LOG2:0] wr_q;
  logic [DEPTH_LOG2:0] rd_q;
  logic overflow_q;

  wire is_full = wr_q == {!rd_q[DEPTH_LOG2], rd_q[DEPTH_LOG2-1:0]};
  wire is_write = |spike_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      wr_q <= {(DEPTH_LOG2 + 1) {1'b0}};
      rd_q <= {(DEPTH_LOG2 + 1) {1'b0}};
      overflow_q <= 1'b0;
    end else begin
      if (is_write && !is_full) wr_q <= wr_q + 1'b1;
      if (is_write && is_full) overflow_q <= 1'b1;
      if (rd_valid_o && rd_ready_i) rd_q <= rd_q + 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (is_write && !is_full) words_q[wr_q[DEPTH_LOG2-1:0]] <= spike_i;
  end

  assign rd_valid_o = wr_q != rd_q;
  assign rd_spike_o = words_q[rd_q[DEPTH_LOG2-1:0]];
  assign overflow_o = overflow_q;
endmodule

`default_nettype wire
