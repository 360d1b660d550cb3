// Crossbar rows that share 32 inputs, with the registers of their ADCs, as one bank: up to four tiles of 32 x 32 side by side, whose
// inputs hang on the same DACs.
`timescale 1ns / 1ps
`default_nettype none

module crossbar_tile #(
    parameter ROWS = 120,  // rows
    parameter KIND = 0,  // 0: ideal amplifiers, gain 30; 1: ideal, gain 10; 2: operational amplifiers
    parameter WEIGHTS = ""  // file of the rows' weights
) (
    input  wire              clk_i,
    input  wire              rst_ni,
    input  wire              dac_valid_i,
    input  wire [255:0]      dac_code_i,
    input  wire              sample_i,  // the ADCs sample the rows at this edge
    output wire [ROWS*8-1:0] adc_code_o
);
  wire  [ROWS*8-1:0] row_code;
  logic [ROWS*8-1:0] adc_code_q;

  generate
    if (KIND == 0) begin : gen_g30
      crossbar_row_g30_bank #(
          .N(ROWS),
          .PARAMS(WEIGHTS)
      ) u_rows (
          .clk(clk_i),
          .in_valid(dac_valid_i),
          .in_code(dac_code_i),
          .out_code(row_code)
      );
    end else if (KIND == 1) begin : gen_g10
      crossbar_row_g10_bank #(
          .N(ROWS),
          .PARAMS(WEIGHTS)
      ) u_rows (
          .clk(clk_i),
          .in_valid(dac_valid_i),
          .in_code(dac_code_i),
          .out_code(row_code)
      );
    end else begin : gen_opamp
      crossbar_row_opamp_bank #(
          .N(ROWS),
          .PARAMS(WEIGHTS)
      ) u_rows (
          .clk(clk_i),
          .in_valid(dac_valid_i),
          .in_code(dac_code_i),
          .out_code(row_code)
      );
    end
  endgenerate

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) adc_code_q <= {(ROWS * 8) {1'b0}};
    else if (sample_i) adc_code_q <= row_code;
  end

  assign adc_code_o = adc_code_q;
endmodule

`default_nettype wire
