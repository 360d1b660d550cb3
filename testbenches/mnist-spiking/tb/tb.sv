// Classifies images: see image_run. A result is the ten counts of spikes.
`default_nettype none

module tb #(
    parameter INPUTS = 784,  // see mnist_spiking
    parameter HIDDEN = 128,
    parameter STEPS = 100,
    parameter DATA = "data"  // folder of weights, seeds and images
);
  timeunit 1ps; timeprecision 1ps;

  localparam PIXEL_BITS = INPUTS * 4;

  wire clk;
  wire rst_n;
  wire is_loading;
  wire [PIXEL_BITS-1:0] pixels;
  wire start;
  wire busy;
  wire done;
  wire [3:0] digit;
  wire [79:0] counts;
  wire overflow;
  wire has_failed;

  reg [PIXEL_BITS-1:0] level = {PIXEL_BITS{1'b0}};

  mnist_spiking #(
      .INPUTS(INPUTS),
      .HIDDEN(HIDDEN),
      .STEPS(STEPS),
      .SEED_FILE({DATA, "/seeds.hex"}),
      .HIDDEN_FILE({DATA, "/hidden.hex"}),
      .OUTPUT_FILE({DATA, "/output.hex"})
  ) dut (
      .clk_i(clk),
      .rst_ni(rst_n),
      .start_i(start),
      .level_i(level),
      .busy_o(busy),
      .done_o(done),
      .digit_o(digit),
      .count_o(counts),
      .overflow_o(overflow)
  );

  image_run #(
      .DATA(DATA),
      .PIXEL_BITS(PIXEL_BITS),
      .RESULT_BITS(80),
      .HALF_PERIOD_PS(2500),
      .MAX_CYCLES(300)  // an image takes some 130
  ) u_run (
      .clk_o(clk),
      .rst_no(rst_n),
      .is_loading_o(is_loading),
      .is_loaded_i(1'b1),
      .pixels_o(pixels),
      .start_o(start),
      .busy_i(busy),
      .done_i(done),
      .digit_i(digit),
      .result_i(counts),
      .overflow_i(overflow),
      .has_failed_o(has_failed)
  );

  // The last instance: simulators end modules in this order, and a failure ends the rest.
  exit_status u_exit (.has_failed_i(has_failed));

  always @(posedge clk) if (is_loading) level <= pixels;
endmodule

`default_nettype wire
