// Classifies images one after another.
//
//   +images=N   so many, the first of the file's 100 (default 1)
//   +vcd=FILE   writes the waveform
//
// Prints a line an image, `IMAGE number label digit start_ps end_ps sums`, and in the end one line
// `TB PASS ...` or `TB FAIL ...`; the exit status is not 0 after TB FAIL. A wrong digit is none: the
// network is not always right.
`default_nettype none

module tb #(
    parameter OPAMP = 0,  // see mnist_crossbar
    parameter WEIGHTS = "data/ideal",  // folder of the tiles' weights
    parameter DATA = "data"  // folder of the sigmoid's table and the images
);
  timeunit 1ps; timeprecision 1ps;

  localparam IMAGES = 100;
  localparam WORDS = 13;
  localparam MAX_CYCLES = 200;  // of one image; it takes some 50

  // Non-blocking: what is sampled at an edge must be what stood there before it.
  reg clk = 1'b0;
  always #2000 clk <= !clk;

  reg rst_n = 1'b1;
  reg pixel_valid = 1'b0;
  reg [3:0] pixel_addr = 4'd0;
  reg [31:0] pixel_data = 32'd0;
  reg start = 1'b0;
  wire busy;
  wire done;
  wire [3:0] digit;
  wire [119:0] score;

  mnist_crossbar #(
      .OPAMP(OPAMP),
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

  reg has_failed = 1'b0;

  // The last instance: simulators end modules in this order, and a failure ends the rest.
  exit_status u_exit (.has_failed_i(has_failed));

  // Label in the upper 4 bits, pixel 1 in the lowest.
  reg [403:0] images[0:IMAGES-1];
  reg [415:0] pixels;
  initial $readmemh({DATA, "/images.hex"}, images);

  integer count = 1;
  integer image = 0;
  integer word = 0;
  integer cycles = 0;
  integer right = 0;
  reg is_writing = 1'b0;
  reg is_over = 1'b0;
  reg [63:0] start_ps = 64'd0;

  initial begin : run
    reg [8*512-1:0] vcd_file;
    if ($value$plusargs("images=%d", count) && (count < 1 || count > IMAGES))
      $fatal(1, "+images=%0d (expected: 1 to %0d)", count, IMAGES);
    if ($value$plusargs("vcd=%s", vcd_file)) begin
      $dumpfile(vcd_file);
      $dumpvars(0, tb);
    end
    #1000 rst_n = 1'b0;
    #19000 rst_n = 1'b1;
    #20000 is_writing = 1'b1;
  end

  always @(posedge clk) begin
    start <= 1'b0;
    pixel_valid <= 1'b0;
    if (is_over) begin
      $finish;
    end else if (is_writing) begin
      if (word == 0) start_ps <= $time;
      pixels = {16'd0, images[image][399:0]};
      pixel_valid <= 1'b1;
      pixel_addr <= word[3:0];
      pixel_data <= pixels[word*32+:32];
      word <= word + 1;
      if (word == WORDS - 1) begin
        is_writing <= 1'b0;
        word <= 0;
        start <= 1'b1;
        cycles <= 0;
      end
    end else if (done) begin
      $display("IMAGE %0d %0d %0d %0d %0d %h", image, images[image][403:400], digit, start_ps, $time, score);
      right <= right + (digit == images[image][403:400] ? 1 : 0);
      image <= image + 1;
      if (image + 1 < count) is_writing <= 1'b1;
      else begin
        $display("TB PASS %0d images, %0d right", count, right + (digit == images[image][403:400] ? 1 : 0));
        is_over <= 1'b1;
      end
    end else if (busy) begin
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
