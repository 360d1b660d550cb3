// A behavioural model of crossbar rows with an operational amplifier, gain 30.
`default_nettype none

module crossbar_row_opamp_bank #(
    parameter N = 4,  // rows of the tile
    parameter PARAMS = ""  // CSV file: instance,w1..w32,bias
) (
    input  wire           clk,
    input  wire           in_valid,
    input  wire [255:0]   in_code,
    output wire [N*8-1:0] out_code
);
  timeunit 1ps; timeprecision 1ps;

  localparam real GAIN = 30.0;
  localparam real CLIP_V = 0.79;
  localparam DELAY_PS = 1500;
  `include "crossbar_row_model.svh"
endmodule

`default_nettype wire
