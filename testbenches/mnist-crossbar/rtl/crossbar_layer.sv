// A layer of the network: its inputs cut into tiles of 32, a row of each tile for each output, the
// ADC codes of an output's rows added up.
`timescale 1ns / 1ps
`default_nettype none

module crossbar_layer #(
    parameter TILES = 13,  // tiles of 32 inputs, at most 100
    parameter ROWS = 120,  // outputs
    parameter KIND = 0,  // see crossbar_tile
    parameter INDEX_BITS = 4,  // bits of a tile's number
    parameter SUM_BITS = 12,  // bits of a sum
    parameter WEIGHTS = ""  // the files' name up to the tile's number
) (
    input  wire                     clk_i,
    input  wire                     rst_ni,
    input  wire                     start_i,
    input  wire [TILES*256-1:0]     code_i,  // DAC codes, held until done_o
    output wire                     done_o,
    output wire [ROWS*SUM_BITS-1:0] sum_o  // valid from done_o to the next start_i
);
  wire [TILES-1:0] dac_valid;
  wire [255:0] dac_code;
  wire [TILES-1:0] sample;
  wire clear;
  wire take;
  wire [INDEX_BITS-1:0] take_tile;
  wire [TILES*ROWS*8-1:0] adc_code;

  tile_scheduler #(
      .TILES(TILES),
      .INDEX_BITS(INDEX_BITS)
  ) u_scheduler (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .start_i(start_i),
      .code_i(code_i),
      .dac_valid_o(dac_valid),
      .dac_code_o(dac_code),
      .sample_o(sample),
      .clear_o(clear),
      .take_o(take),
      .take_tile_o(take_tile),
      .done_o(done_o)
  );

  generate
    genvar t;
    for (t = 0; t < TILES; t = t + 1) begin : gen_tile
      localparam [7:0] TENS = 8'(48 + t / 10);
      localparam [7:0] ONES = 8'(48 + t % 10);

      crossbar_tile #(
          .ROWS(ROWS),
          .KIND(KIND),
          .WEIGHTS({WEIGHTS, "t", TENS, ONES, ".csv"})
      ) u_tile (
          .clk_i(clk_i),
          .rst_ni(rst_ni),
          .dac_valid_i(dac_valid[t]),
          .dac_code_i(dac_code),
          .sample_i(sample[t]),
          .adc_code_o(adc_code[t*ROWS*8+:ROWS*8])
      );
    end
  endgenerate

  adc_accumulator #(
      .TILES(TILES),
      .ROWS(ROWS),
      .INDEX_BITS(INDEX_BITS),
      .SUM_BITS(SUM_BITS)
  ) u_accumulator (
      .clk_i(clk_i),
      .rst_ni(rst_ni),
      .clear_i(clear),
      .take_i(take),
      .tile_i(take_tile),
      .adc_code_i(adc_code),
      .sum_o(sum_o)
  );
endmodule

`default_nettype wire
