// Crossbar rows that share 32 inputs, as one bank: up to four tiles of 32 x 32 side by side, whose
// inputs hang on the same DACs.
`timescale 1ns / 1ps
`default_nettype none

module crossbar_tile #(
    parameter ROWS = 120,  // rows
    parameter KIND = 0,  // 0: ideal amplifiers, gain 30; 1: ideal, gain 10; 2: operational amplifiers
    parameter WEIGHTS = ""  // file of the rows' weights
) (
    input  wire              clk_i,
    input  wire              dac_valid_i,
    input  wire [255:0]      dac_code_i,
    output wire [ROWS*8-1:0] adc_code_o
);
  generate
    if (KIND == 0) begin : gen_g30
      crossbar_row_g30_bank #(
          .N(ROWS),
          .PARAMS(WEIGHTS)
      ) u_rows (
          .clk(clk_i),
          .in_valid(dac_valid_i),
          .in_code(dac_code_i),
          .out_code(adc_code_o)
      );
    end else if (KIND == 1) begin : gen_g10
      crossbar_row_g10_bank #(
          .N(ROWS),
          .PARAMS(WEIGHTS)
      ) u_rows (
          .clk(clk_i),
          .in_valid(dac_valid_i),
          .in_code(dac_code_i),
          .out_code(adc_code_o)
      );
    end else begin : gen_opamp
      crossbar_row_opamp_bank #(
          .N(ROWS),
          .PARAMS(WEIGHTS)
      ) u_rows (
          .clk(clk_i),
          .in_valid(dac_valid_i),
          .in_code(dac_code_i),
          .out_code(adc_code_o)
      );
    end
  endgenerate
endmodule

`default_nettype wire
