// Three RC stages that get a new code every few periods; prints their codes after each period.
`default_nettype none

module tb;
  timeunit 1ps; timeprecision 1ps;

  localparam PERIODS = 40;

  reg clk = 1'b0;
  always #2500 clk <= !clk;

  reg [2:0] in_valid = 3'b000;
  reg [23:0] dac_code = 24'h000000;
  wire [23:0] out_code;
  rc_stage_bank #(
      .N(3),
      .PARAMS("rc_params.csv")
  ) u_bank (
      .clk(clk),
      .in_valid(in_valid),
      .dac_code(dac_code),
      .out_code(out_code)
  );

  // A linear feedback shift register: the same codes in each simulator.
  reg [15:0] noise = 16'hace1;
  wire [15:0] next_noise = {noise[14:0], noise[15] ^ noise[13] ^ noise[12] ^ noise[10]};
  integer periods = 0;

  always @(posedge clk) begin
    periods <= periods + 1;
    noise <= next_noise;
    in_valid <= noise[2:0];
    dac_code <= {noise[15:8], noise[11:4], noise[7:0]};
    $display("codes %0d %h", periods, out_code);
    if (periods == PERIODS) $finish;
  end
endmodule

`default_nettype wire
