// Classifies images: see image_run. A result is the ten sums.
`default_nettype none

module tb #(
    parameter OPAMP = 0,  // see mnist_crossbar
    parameter HIDDEN_1 = 120,
    parameter HIDDEN_2 = 84,
    parameter WEIGHTS = "data/ideal",  // folder of the tiles' weights
    parameter DATA = "data"  // folder of the sigmoid's table and the images
);
  timeunit 1ps; timeprecision 1ps;

  localparam PIXELS = 400;
  localparam WORDS = 13;

  wire clk;
  wire rst_n;
  wire is_loading;
  wire [PIXELS-1:0] pixels;
  wire start;
  wire busy;
  wire done;
  wire [3:0] digit;
  wire [119:0] score;
  wire has_failed;

  reg [3:0] word = 4'd0;
  reg pixel_valid = 1'b0;
  reg [3:0] pixel_addr = 4'd0;
  reg [31:0] pixel_data = 32'd0;
  wire is_last = word == WORDS - 1;
  wire [WORDS*32-1:0] words = {{(WORDS * 32 - PIXELS) {1'b0}}, pixels};

  mnist_crossbar #(
      .OPAMP(OPAMP),
      .HIDDEN_1(HIDDEN_1),
      .HIDDEN_2(HIDDEN_2),
      .WEIGHTS(WEIGHTS),
      .SIGMOID_FILE({DATA, "/sigmoid.hex"})
  ) dut (
      .clk_i(clk),
      .rst_ni(rst_n),
      .pixel_valid_i(pixel_valid),
      .pixel_addr_i(pixel_addr),
      .pixel_data_i(pixel_data),
      .start_i(start),
      .busy_o(busy),
      .done_o(done),
      .digit_o(digit),
      .score_o(score)
  );

  image_run #(
      .DATA(DATA),
      .PIXEL_BITS(PIXELS),
      .RESULT_BITS(120),
      .HALF_PERIOD_PS(2000),
      .MAX_CYCLES(200)  // an image takes some 50
  ) u_run (
      .clk_o(clk),
      .rst_no(rst_n),
      .is_loading_o(is_loading),
      .is_loaded_i(is_last),
      .pixels_o(pixels),
      .start_o(start),
      .busy_i(busy),
      .done_i(done),
      .digit_i(digit),
      .result_i(score),
      .overflow_i(1'b0),
      .has_failed_o(has_failed)
  );

  // The last instance: simulators end modules in this order, and a failure ends the rest.
  exit_status u_exit (.has_failed_i(has_failed));

  always @(posedge clk) begin
    pixel_valid <= is_loading;
    if (is_loading) begin
      pixel_addr <= word;
      pixel_data <= words[word*32+:32];
      word <= is_last ? 4'd0 : word + 4'd1;
    end
  end
endmodule

`default_nettype wire
