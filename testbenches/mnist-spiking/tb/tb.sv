// Classifies images one after another.
//
//   +images=N   so many, the first of the file's 100 (default 1)
//   +vcd=FILE   writes the waveform
//
// Prints a line an image, `IMAGE number label digit start_ps end_ps counts`, and in the end one line
// `TB PASS ...` or `TB FAIL ...`; the exit status is not 0 after TB FAIL. A wrong digit is none: the
// network is not always right.
`default_nettype none

module tb #(
    parameter DATA = "data"  // folder of weights, seeds and images
);
  timeunit 1ps; timeprecision 1ps;

  localparam IMAGES = 100;
  localparam MAX_CYCLES = 300;  // of one image; it takes some 130

  // Non-blocking: what is sampled at an edge must be what stood there before it.
  reg clk = 1'b0;
  always #2500 clk <= !clk;

  reg rst_n = 1'b1;
  reg start = 1'b0;
  reg [3135:0] level = 3136'd0;
  wire busy;
  wire done;
  wire [3:0] digit;
  wire [79:0] counts;
  wire overflow;

  mnist_spiking #(
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

  reg has_failed = 1'b0;

  // The last instance: simulators end modules in this order, and a failure ends the rest.
  exit_status u_exit (.has_failed_i(has_failed));

  // Label in the upper 4 bits, pixel 1 in the lowest.
  reg [3139:0] images[0:IMAGES-1];
  initial $readmemh({DATA, "/images.hex"}, images);

  integer count = 1;
  integer image = 0;
  integer cycles = 0;
  integer right = 0;
  reg is_ready = 1'b0;
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
    #24000 rst_n = 1'b1;
    #25000 is_ready = 1'b1;
  end

  always @(posedge clk) begin
    start <= 1'b0;
    if (is_over) begin
      $finish;
    end else if (is_ready) begin
      is_ready <= 1'b0;
      level <= images[image][3135:0];
      start <= 1'b1;
      start_ps <= $time;
      cycles <= 0;
    end else if (overflow) begin
      $display("TB FAIL image %0d: a spike FIFO was full", image);
      has_failed <= 1'b1;
      is_over <= 1'b1;
    end else if (done) begin
      $display("IMAGE %0d %0d %0d %0d %0d %h", image, images[image][3139:3136], digit, start_ps, $time, counts);
      right <= right + (digit == images[image][3139:3136] ? 1 : 0);
      image <= image + 1;
      if (image + 1 < count) is_ready <= 1'b1;
      else begin
        $display("TB PASS %0d images, %0d right", count, right + (digit == images[image][3139:3136] ? 1 : 0));
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
