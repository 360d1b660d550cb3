// A FIFO between two clock domains; its pointers cross in Gray code.
`timescale 1ns / 1ps
`default_nettype none

module async_fifo #(
    parameter WIDTH = 8,  // bits of a word
    parameter DEPTH_LOG2 = 3,  // 2 ** DEPTH_LOG2 words
    parameter SPARE = 4  // words that still fit when wr_ready_o falls, for a writer with a pipeline
) (
    input  wire             wr_clk_i,
    input  wire             wr_rst_ni,
    input  wire             wr_valid_i,
    input  wire [WIDTH-1:0] wr_data_i,
    output wire             wr_ready_o,
    input  wire             rd_clk_i,
    input  wire             rd_rst_ni,
    input  wire             rd_ready_i,
    output wire             rd_valid_o,
    output wire [WIDTH-1:0] rd_data_o
);
  localparam DEPTH = 1 << DEPTH_LOG2;
  localparam PTR_BITS = DEPTH_LOG2 + 1;  // one more bit tells a full FIFO from an empty one

  logic [WIDTH-1:0] words_q[0:DEPTH-1];

  // Write side
  logic [PTR_BITS-1:0] wr_bin_q;
  logic [PTR_BITS-1:0] wr_gray_q;
  wire  [PTR_BITS-1:0] wr_bin_next = wr_bin_q + {{(PTR_BITS - 1) {1'b0}}, wr_valid_i};
  wire  [PTR_BITS-1:0] rd_gray_at_wr;
  wire  [PTR_BITS-1:0] rd_bin_at_wr;
  wire  [PTR_BITS-1:0] fill = wr_bin_q - rd_bin_at_wr;

  // Read side
  logic [PTR_BITS-1:0] rd_bin_q;
  logic [PTR_BITS-1:0] rd_gray_q;
  wire                 is_read = rd_valid_o && rd_ready_i;
  wire  [PTR_BITS-1:0] rd_bin_next = rd_bin_q + {{(PTR_BITS - 1) {1'b0}}, is_read};
  wire  [PTR_BITS-1:0] wr_gray_at_rd;

  always_ff @(posedge wr_clk_i or negedge wr_rst_ni) begin
    if (!wr_rst_ni) begin
      wr_bin_q  <= {PTR_BITS{1'b0}};
      wr_gray_q <= {PTR_BITS{1'b0}};
    end else begin
      wr_bin_q  <= wr_bin_next;
      wr_gray_q <= wr_bin_next ^ (wr_bin_next >> 1);
    end
  end

  always_ff @(posedge wr_clk_i) begin
    if (wr_valid_i) words_q[wr_bin_q[DEPTH_LOG2-1:0]] <= wr_data_i;
  end

  always_ff @(posedge rd_clk_i or negedge rd_rst_ni) begin
    if (!rd_rst_ni) begin
      rd_bin_q  <= {PTR_BITS{1'b0}};
      rd_gray_q <= {PTR_BITS{1'b0}};
    end else begin
      rd_bin_q  <= rd_bin_next;
      rd_gray_q <= rd_bin_next ^ (rd_bin_next >> 1);
    end
  end

  sync_2ff #(
      .WIDTH(PTR_BITS)
  ) u_rd_to_wr (
      .clk_i  (wr_clk_i),
      .rst_ni (wr_rst_ni),
      .async_i(rd_gray_q),
      .sync_o (rd_gray_at_wr)
  );

  sync_2ff #(
      .WIDTH(PTR_BITS)
  ) u_wr_to_rd (
      .clk_i  (rd_clk_i),
      .rst_ni (rd_rst_ni),
      .async_i(wr_gray_q),
      .sync_o (wr_gray_at_rd)
  );

  // Gray to binary: each bit is the parity of the bits from it upwards.
  generate
    genvar b;
    for (b = 0; b < PTR_BITS; b = b + 1) begin : gen_binary
      assign rd_bin_at_wr[b] = ^(rd_gray_at_wr >> b);
    end
  endgenerate

  // The read pointer comes late, so that fill errs towards full.
  assign wr_ready_o = fill <= PTR_BITS'(DEPTH - SPARE);
  assign rd_valid_o = wr_gray_at_rd != rd_gray_q;
  assign rd_data_o  = words_q[rd_bin_q[DEPTH_LOG2-1:0]];
endmodule

`default_nettype wire
