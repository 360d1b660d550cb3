// Unit tests of the RTL's modules: a line `PASS name` or `FAIL name` each, in the end `END`.
`default_nettype none

module unit_tb #(
    parameter DATA = "data"  // folder of the sigmoid's table
);
  timeunit 1ps; timeprecision 1ps;

  reg clk = 1'b0;
  always #2000 clk <= !clk;
  reg rst_n = 1'b1;

  task check(input reg [8*64-1:0] name, input reg is_right);
    if (is_right === 1'b1) $display("PASS %0s", name);
    else $display("FAIL %0s", name);
  endtask

  reg [3*8-1:0] values = 24'd0;
  wire [3:0] index;
  argmax #(
      .N(3),
      .BITS(8),
      .INDEX_BITS(4)
  ) u_argmax (
      .value_i(values),
      .index_o(index)
  );

  reg [5*12-1:0] sums = 60'd0;
  wire [5*8-1:0] codes;
  sigmoid_table #(
      .LANES(5),
      .SUM_BITS(12),
      .FILE({DATA, "/sigmoid.hex"})
  ) u_sigmoid (
      .sum_i (sums),
      .code_o(codes)
  );

  reg wr_valid = 1'b0;
  reg wr_addr = 1'b0;
  reg [31:0] wr_data = 32'd0;
  wire [2*256-1:0] pixel_code;
  input_buffer #(
      .PIXELS(40),
      .WORDS(2),
      .ADDR_BITS(1)
  ) u_pixels (
      .clk_i(clk),
      .rst_ni(rst_n),
      .wr_valid_i(wr_valid),
      .wr_addr_i(wr_addr),
      .wr_data_i(wr_data),
      .code_o(pixel_code)
  );

  reg start = 1'b0;
  wire [1:0] dac_valid;
  wire [255:0] dac_code;
  wire [1:0] sample;
  wire clear;
  wire take;
  wire [0:0] take_tile;
  wire done;
  tile_scheduler #(
      .TILES(2),
      .INDEX_BITS(1)
  ) u_scheduler (
      .clk_i(clk),
      .rst_ni(rst_n),
      .start_i(start),
      .code_i({{32{8'h22}}, {32{8'h11}}}),
      .dac_valid_o(dac_valid),
      .dac_code_o(dac_code),
      .sample_o(sample),
      .clear_o(clear),
      .take_o(take),
      .take_tile_o(take_tile),
      .done_o(done)
  );

  wire [2*12-1:0] sum;
  adc_accumulator #(
      .TILES(2),
      .ROWS(2),
      .INDEX_BITS(1),
      .SUM_BITS(12)
  ) u_accumulator (
      .clk_i(clk),
      .rst_ni(rst_n),
      .clear_i(clear),
      .take_i(take),
      .tile_i(take_tile),
      .adc_code_i({8'd5, 8'h81, 8'd7, 8'h81}),  // tile 1: 5, -127; tile 0: 7, -127
      .sum_o(sum)
  );

  integer valids = 0;
  reg order_is_right = 1'b1;
  always @(posedge clk) begin
    if (dac_valid == 2'b01) order_is_right <= order_is_right && dac_code == {32{8'h11}} && valids == 0;
    if (dac_valid == 2'b10) order_is_right <= order_is_right && dac_code == {32{8'h22}} && valids == 1;
    if (|dac_valid) valids <= valids + 1;
  end

  initial begin : run
    #1000 rst_n = 1'b0;
    #4000 rst_n = 1'b1;
    values = {8'd3, 8'd9, 8'd9};
    #1 check("argmax takes the first of equals", index == 4'd0);
    values = {8'hff, 8'hfe, 8'h80};
    #1 check("argmax compares signed", index == 4'd2);
    sums = {12'h800, 12'h7ff, 12'hf80, 12'h07f, 12'h000};
    #1 check("sigmoid is half in the middle", codes[7:0] == 8'd64);
    check("sigmoid falls", codes[15:8] == 8'd0 && codes[23:16] == 8'd127);
    check("sigmoid saturates on both sides", codes[31:24] == 8'd0 && codes[39:32] == 8'd127);
    @(negedge clk) begin
      wr_valid = 1'b1;
      wr_addr  = 1'b1;
      wr_data  = 32'h0000_0082;
    end
    @(negedge clk) wr_valid = 1'b0;
    check("pixels: ink is the lowest code", pixel_code[33*8+:8] == 8'h81 && pixel_code[39*8+:8] == 8'h81);
    check("pixels: paper is the highest", pixel_code[0+:8] == 8'h7f && pixel_code[32*8+:8] == 8'h7f);
    check("pixels: beyond the image there is none", pixel_code[40*8+:8] == 8'h00);
    start = 1'b1;
    @(negedge clk) start = 1'b0;
    repeat (8) @(negedge clk);
    check("scheduler goes once over the tiles", valids == 2 && order_is_right);
    check("accumulator adds signed codes of all tiles", sum == {12'd12, 12'hf02});
    start = 1'b1;
    @(negedge clk) start = 1'b0;
    repeat (8) @(negedge clk);
    check("accumulator begins anew at a start", sum == {12'd12, 12'hf02});
    $display("END");
    $finish;
  end

  // Bounded, whatever the tests do.
  initial #1000000 $fatal(1, "unit tests: still running");
endmodule

`default_nettype wire
