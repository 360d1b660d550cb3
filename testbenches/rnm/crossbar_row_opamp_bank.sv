// A behavioural model of crossbar rows with an operational amplifier, gain 30.
`default_nettype none

module crossbar_row_opamp_bank #(
    parameter N = 4,  // rows of the tile
    parameter PARAMS = ""  // see crossbar_row_model
) (
    input  wire           clk,
    input  wire           in_valid,
    input  wire [255:0]   in_code,
    output wire [N*8-1:0] out_code
);
  timeunit 1ps; timeprecision 1ps;

  crossbar_row_model #(
      .N(N),
      .PARAMS(PARAMS),
      .GAIN(30.0),
      .CLIP_V(0.79),
      .DELAY_PS(1500)
  ) u_model (
      .clk(clk),
      .in_valid(in_valid),
      .in_code(in_code),
      .out_code(out_code)
  );
endmodule

`default_nettype wire
