// Maps a row's ADC code to a neuron's charge code: 17 levels, so coarse that an ADC code that is off
// by one mostly gives the same charge; the level around zero gives no charge at all.
`timescale 1ns / 1ps
`default_nettype none

module charge_map #(
    parameter CODES_LOG2 = 4,  // 2 ** CODES_LOG2 ADC codes give one level
    parameter CHARGE = 15  // charge code of level 1
) (
    input  wire signed [7:0] adc_code_i,
    output wire              charge_valid_o,
    output wire signed [7:0] charge_code_o
);
  localparam signed [8:0] HALF = 9'sd1 <<< (CODES_LOG2 - 1);
  localparam signed [8:0] STEP = 9'(CHARGE);

  wire signed [8:0] rounded = {adc_code_i[7], adc_code_i} + HALF;
  wire signed [8:0] level = rounded >>> CODES_LOG2;

  assign charge_valid_o = level != 9'sd0;
  assign charge_code_o  = 8'(level * STEP);
endmodule

`default_nettype wire
