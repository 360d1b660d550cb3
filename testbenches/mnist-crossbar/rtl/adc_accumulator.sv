// Adds up the ADC codes of a layer's tiles, a sum an output.
`timescale 1ns / 1ps
`default_nettype none

module adc_accumulator #(
    parameter TILES = 13,  // tiles of the layer
    parameter ROWS = 120,  // rows of a tile: outputs
    parameter INDEX_BITS = 4,  // bits of a tile's number
    parameter SUM_BITS = 12  // bits of a sum
) (
    input  wire                    clk_i,
    input  wire                    rst_ni,
    input  wire                    clear_i,
    input  wire                    take_i,
    input  wire [INDEX_BITS-1:0]   tile_i,  // whose codes are taken
    input  wire [TILES*ROWS*8-1:0] adc_code_i,  // a signed code a row
    output wire [ROWS*SUM_BITS-1:0] sum_o  // signed
);
  wire [ROWS*8-1:0] code = adc_code_i[tile_i*(ROWS*8)+:ROWS*8];

  generate
    genvar r;
    for (r = 0; r < ROWS; r = r + 1) begin : gen_row
      logic signed [SUM_BITS-1:0] sum_q;

      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) sum_q <= {SUM_BITS{1'b0}};
        else if (clear_i) sum_q <= {SUM_BITS{1'b0}};
        else if (take_i) sum_q <= sum_q + SUM_BITS'($signed(code[r*8+:8]));
      end

      assign sum_o[r*SUM_BITS+:SUM_BITS] = sum_q;
    end
  endgenerate
endmodule

`default_nettype wire
