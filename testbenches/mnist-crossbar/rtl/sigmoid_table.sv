// The activation 0.8 / (1 + exp(11 v)) from a sum of ADC codes to a DAC code, as one table that all
// lanes read. A sum beyond 8 bits saturates: the curve has long been flat there.
`timescale 1ns / 1ps
`default_nettype none

module sigmoid_table #(
    parameter LANES = 120,  // sums at once
    parameter SUM_BITS = 12,  // bits of a sum, more than 8
    parameter FILE = ""  // hexadecimal codes for sums 0 to 127, then -128 to -1
) (
    input  wire [LANES*SUM_BITS-1:0] sum_i,  // signed
    output wire [LANES*8-1:0]        code_o
);
  logic [7:0] words[0:255];

  initial $readmemh(FILE, words);

  generate
    genvar l;
    for (l = 0; l < LANES; l = l + 1) begin : gen_lane
      wire [SUM_BITS-1:0] sum = sum_i[l*SUM_BITS+:SUM_BITS];
      wire is_negative = sum[SUM_BITS-1];
      wire is_large = sum[SUM_BITS-1:7] != {(SUM_BITS - 7) {is_negative}};
      wire [7:0] index = is_large ? (is_negative ? 8'h80 : 8'h7f) : sum[7:0];
      assign code_o[l*8+:8] = words[index];
    end
  endgenerate
endmodule

`default_nettype wire
