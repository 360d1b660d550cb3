// A digit classifier on analog crossbars, 400-120-84-10 as it is trained: binary pixels through three layers of
// crossbar tiles with a digital sigmoid between them.
`timescale 1ns / 1ps
`default_nettype none

module mnist_crossbar #(
    parameter OPAMP = 0,  // 0: rows with ideal amplifiers, gains 30, 30, 10; 1: operational amplifiers
    parameter HIDDEN_1 = 120,  // outputs of the first layer, at most 128
    parameter HIDDEN_2 = 84,  // of the second, at most 128
    parameter WEIGHTS = "",  // folder of the tiles' weights
    parameter SIGMOID_FILE = ""  // see sigmoid_table
) (
    input  wire          clk_i,  // 4 ns
    input  wire          rst_ni,  // asynchronous
    // The image, words of 32 pixels
    input  wire          pixel_valid_i,
    input  wire [3:0]    pixel_addr_i,
    input  wire [31:0]   pixel_data_i,
    input  wire          start_i,
    // The result, from done_o on
    output wire          busy_o,
    output wire          done_o,
    output wire [3:0]    digit_o,
    output wire [119:0]  score_o  // ten signed sums of 12 bits, digit 0 in the lowest
);
  localparam PIXELS = 400;
  localparam DIGITS = 10;
  localparam TILES_1 = 13;
  localparam TILES_2 = (HIDDEN_1 + 31) / 32;
  localparam TILES_3 = (HIDDEN_2 + 31) / 32;
  localparam SUM_BITS = 12;  // 13 codes of 8 bits

  wire rst_n;
  wire [2:0] layer_start;
  wire [2:0] layer_done;
  wire [1:0] keep;
  wire keep_result;
  wire [TILES_1*256-1:0] pixel_code;
  wire [HIDDEN_1*SUM_BITS-1:0] sum_1;
  wire [HIDDEN_2*SUM_BITS-1:0] sum_2;
  wire [DIGITS*SUM_BITS-1:0] sum_3;
  wire [HIDDEN_1*8-1:0] active_1;
  wire [HIDDEN_2*8-1:0] active_2;
  wire [3:0] largest;

  logic [HIDDEN_1*8-1:0] code_1_q;
  logic [HIDDEN_2*8-1:0] code_2_q;
  logic [3:0] digit_q;
  logic [DIGITS*SUM_BITS-1:0] score_q;

  reset_sync u_reset (
      .clk_i (clk_i),
      .rst_ni(rst_ni),
      .rst_no(rst_n)
  );

  inference_controller u_controller (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .start_i(start_i),
      .layer_done_i(layer_done),
      .layer_start_o(layer_start),
      .keep_o(keep),
      .keep_result_o(keep_result),
      .busy_o(busy_o),
      .done_o(done_o)
  );

  input_buffer #(
      .PIXELS(PIXELS),
      .WORDS(TILES_1),
      .ADDR_BITS(4)
  ) u_pixels (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .wr_valid_i(pixel_valid_i),
      .wr_addr_i(pixel_addr_i),
      .wr_data_i(pixel_data_i),
      .code_o(pixel_code)
  );

  crossbar_layer #(
      .TILES(TILES_1),
      .ROWS(HIDDEN_1),
      .KIND(OPAMP != 0 ? 2 : 0),
      .INDEX_BITS(4),
      .SUM_BITS(SUM_BITS),
      .WEIGHTS({WEIGHTS, "/l1"})
  ) u_layer_1 (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .start_i(layer_start[0]),
      .code_i(pixel_code),
      .done_o(layer_done[0]),
      .sum_o(sum_1)
  );

  sigmoid_table #(
      .LANES(HIDDEN_1),
      .SUM_BITS(SUM_BITS),
      .FILE(SIGMOID_FILE)
  ) u_sigmoid_1 (
      .sum_i (sum_1),
      .code_o(active_1)
  );

  crossbar_layer #(
      .TILES(TILES_2),
      .ROWS(HIDDEN_2),
      .KIND(OPAMP != 0 ? 2 : 0),
      .INDEX_BITS(2),
      .SUM_BITS(SUM_BITS),
      .WEIGHTS({WEIGHTS, "/l2"})
  ) u_layer_2 (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .start_i(layer_start[1]),
      .code_i({{(TILES_2 * 256 - HIDDEN_1 * 8) {1'b0}}, code_1_q}),
      .done_o(layer_done[1]),
      .sum_o(sum_2)
  );

  sigmoid_table #(
      .LANES(HIDDEN_2),
      .SUM_BITS(SUM_BITS),
      .FILE(SIGMOID_FILE)
  ) u_sigmoid_2 (
      .sum_i (sum_2),
      .code_o(active_2)
  );

  crossbar_layer #(
      .TILES(TILES_3),
      .ROWS(DIGITS),
      .KIND(OPAMP != 0 ? 2 : 1),
      .INDEX_BITS(2),
      .SUM_BITS(SUM_BITS),
      .WEIGHTS({WEIGHTS, "/l3"})
  ) u_layer_3 (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .start_i(layer_start[2]),
      .code_i({{(TILES_3 * 256 - HIDDEN_2 * 8) {1'b0}}, code_2_q}),
      .done_o(layer_done[2]),
      .sum_o(sum_3)
  );

  argmax #(
      .N(DIGITS),
      .BITS(SUM_BITS),
      .INDEX_BITS(4)
  ) u_argmax (
      .value_i(sum_3),
      .index_o(largest)
  );

  always_ff @(posedge clk_i or negedge rst_n) begin
    if (!rst_n) begin
      code_1_q <= {(HIDDEN_1 * 8) {1'b0}};
      code_2_q <= {(HIDDEN_2 * 8) {1'b0}};
      digit_q <= 4'd0;
      score_q <= {(DIGITS * SUM_BITS) {1'b0}};
    end else begin
      if (keep[0]) code_1_q <= active_1;
      if (keep[1]) code_2_q <= active_2;
      if (keep_result) begin
        digit_q <= largest;
        score_q <= sum_3;
      end
    end
  end

  assign digit_o = digit_q;
  assign score_o = score_q;
endmodule

`default_nettype wire
