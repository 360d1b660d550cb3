// Has a system classify images one after another: its clock, its reset, the images, the verdict.
//
//   +images=N   so many, the first of the file's 100 (default 1)
//   +vcd=FILE   writes the waveform
//
// Prints a line an image, `IMAGE number label digit start_ps end_ps result`, and in the end one line
// `TB PASS ...` or `TB FAIL ...`. A wrong digit is no failure: the network is not always right.
`default_nettype none

module image_run #(
    parameter DATA = "data",  // folder of the images
    parameter PIXEL_BITS = 400,  // bits of an image
    parameter RESULT_BITS = 120,  // bits of a result
    parameter HALF_PERIOD_PS = 2000,  // of the clock
    parameter MAX_CYCLES = 200  // periods from start to result
) (
    output wire                   clk_o,
    output wire                   rst_no,
    // An image is handed over from the edge at which is_loading_o stands to that with is_loaded_i;
    // the system gets its start at the next.
    output wire                   is_loading_o,
    input  wire                   is_loaded_i,
    output wire [PIXEL_BITS-1:0]  pixels_o,  // pixel 1 in the lowest
    output wire                   start_o,
    input  wire                   busy_i,
    input  wire                   done_i,
    input  wire [3:0]             digit_i,
    input  wire [RESULT_BITS-1:0] result_i,
    input  wire                   overflow_i,  // the system has lost data
    output wire                   has_failed_o
);
  timeunit 1ps; timeprecision 1ps;

  localparam IMAGES = 100;

  // Non-blocking: what is sampled at an edge must be what stood there before it.
  reg clk = 1'b0;
  always #(HALF_PERIOD_PS) clk <= !clk;

  reg rst_n = 1'b1;
  reg start = 1'b0;
  reg has_failed = 1'b0;

  // Label in the upper 4 bits, pixel 1 in the lowest.
  reg [PIXEL_BITS+3:0] images[0:IMAGES-1];
  initial $readmemh({DATA, "/images.hex"}, images);

  integer count = 1;
  integer image = 0;
  integer cycles = 0;
  integer right = 0;
  reg is_loading = 1'b0;
  reg is_begun = 1'b0;
  reg is_over = 1'b0;
  reg [63:0] start_ps = 64'd0;

  wire [3:0] label = images[image][PIXEL_BITS+:4];
  wire is_right = digit_i == label;

  assign clk_o = clk;
  assign rst_no = rst_n;
  assign start_o = start;
  assign is_loading_o = is_loading;
  assign pixels_o = images[image][PIXEL_BITS-1:0];
  assign has_failed_o = has_failed;

  initial begin : run
    reg [8*512-1:0] vcd_file;
    if ($value$plusargs("images=%d", count) && (count < 1 || count > IMAGES))
      $fatal(1, "+images=%0d (expected: 1 to %0d)", count, IMAGES);
    if ($value$plusargs("vcd=%s", vcd_file)) begin
      $dumpfile(vcd_file);
      $dumpvars(0, tb);
    end
    #1000 rst_n = 1'b0;
    #(10 * HALF_PERIOD_PS - 1000) rst_n = 1'b1;
    #(10 * HALF_PERIOD_PS) is_loading = 1'b1;
  end

  always @(posedge clk) begin
    start <= 1'b0;
    if (is_over) begin
      $finish;
    end else if (is_loading) begin
      if (!is_begun) start_ps <= $time;
      is_begun <= !is_loaded_i;
      if (is_loaded_i) begin
        is_loading <= 1'b0;
        start <= 1'b1;
        cycles <= 0;
      end
    end else if (overflow_i) begin
      $display("TB FAIL image %0d: the system lost data (overflow)", image);
      has_failed <= 1'b1;
      is_over <= 1'b1;
    end else if (done_i) begin
      $display("IMAGE %0d %0d %0d %0d %0d %h", image, label, digit_i, start_ps, $time, result_i);
      // At once, so that whoever reads along knows when.
      $fflush;
      right <= right + (is_right ? 1 : 0);
      image <= image + 1;
      if (image + 1 < count) is_loading <= 1'b1;
      else begin
        $display("TB PASS %0d images, %0d right", count, right + (is_right ? 1 : 0));
        is_over <= 1'b1;
      end
    end else if (busy_i) begin
      cycles <= cycles + 1;
      if (cycles == MAX_CYCLES) begin
        $display("TB FAIL image %0d: no result after %0d periods", image, MAX_CYCLES);
        has_failed <= 1'b1;
        is_over <= 1'b1;
      end
    end
  end
endmodule

`default_nettype wire
