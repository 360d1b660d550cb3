// Walks over a layer's tiles: one tile a period takes its DAC codes from the shared bus, one period
// of settling later its ADCs sample, and then the accumulators take their codes.
`timescale 1ns / 1ps
`default_nettype none

module tile_scheduler #(
    parameter TILES = 13,  // tiles of the layer
    parameter INDEX_BITS = 4  // bits of a tile's number
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,
    input  wire                  start_i,
    input  wire [TILES*256-1:0]  code_i,  // DAC codes of all inputs; they hold until done_o
    // To the tiles
    output wire [TILES-1:0]      dac_valid_o,
    output wire [255:0]          dac_code_o,
    output wire [TILES-1:0]      sample_o,
    // To the accumulators
    output wire                  clear_o,
    output wire                  take_o,
    output wire [INDEX_BITS-1:0] take_tile_o,
    output wire                  done_o  // the edge before has taken the last tile's codes
);
  localparam [INDEX_BITS-1:0] LAST = INDEX_BITS'(TILES - 1);

  logic is_running_q;
  logic [INDEX_BITS-1:0] tile_q;
  logic [TILES-1:0] dac_valid_q;
  logic [255:0] dac_code_q;
  logic [INDEX_BITS-1:0] dac_tile_q;
  logic [TILES-1:0] sample_q;
  logic [INDEX_BITS-1:0] sample_tile_q;
  logic take_q;
  logic [INDEX_BITS-1:0] take_tile_q;
  logic done_q;

  wire is_last = tile_q == LAST;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      is_running_q <= 1'b0;
      tile_q <= {INDEX_BITS{1'b0}};
      dac_valid_q <= {TILES{1'b0}};
      dac_code_q <= 256'd0;
      dac_tile_q <= {INDEX_BITS{1'b0}};
      sample_q <= {TILES{1'b0}};
      sample_tile_q <= {INDEX_BITS{1'b0}};
      take_q <= 1'b0;
      take_tile_q <= {INDEX_BITS{1'b0}};
      done_q <= 1'b0;
    end else begin
      if (start_i) is_running_q <= 1'b1;
      else if (is_running_q && is_last) is_running_q <= 1'b0;
      if (is_running_q) begin
        tile_q <= is_last ? {INDEX_BITS{1'b0}} : tile_q + 1'b1;
        dac_code_q <= code_i[tile_q*256+:256];
        dac_tile_q <= tile_q;
      end
      dac_valid_q <= is_running_q ? TILES'(1) << tile_q : {TILES{1'b0}};
      // The tile takes the codes at the edge that sets sample_q; its rows have settled at the next.
      sample_q <= dac_valid_q;
      sample_tile_q <= dac_tile_q;
      take_q <= |sample_q;
      take_tile_q <= sample_tile_q;
      done_q <= take_q && take_tile_q == LAST;
    end
  end

  assign dac_valid_o = dac_valid_q;
  assign dac_code_o = dac_code_q;
  assign sample_o = sample_q;
  assign clear_o = start_i;
  assign take_o = take_q;
  assign take_tile_o = take_tile_q;
  assign done_o = done_q;
endmodule

`default_nettype wire
