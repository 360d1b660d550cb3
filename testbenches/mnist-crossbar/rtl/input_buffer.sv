// Holds one binary image as words of 32 pixels, and gives each pixel's DAC code: ink is the lowest
// code, paper the highest; pixels beyond the image are 0 V.
`timescale 1ns / 1ps
`default_nettype none

module input_buffer #(
    parameter PIXELS = 400,  // pixels of an image
    parameter WORDS = 13,  // words of 32 pixels
    parameter ADDR_BITS = 4  // bits of a word's address
) (
    input  wire                 clk_i,
    input  wire                 rst_ni,
    input  wire                 wr_valid_i,
    input  wire [ADDR_BITS-1:0] wr_addr_i,
    input  wire [31:0]          wr_data_i,  // 1 is ink, the first pixel in the lowest bit
    output wire [WORDS*256-1:0] code_o  // a signed code of 8 bits a pixel, the first in the lowest
);
  localparam [7:0] INK = 8'h81;  // -127
  localparam [7:0] PAPER = 8'h7f;  // 127

  logic [WORDS*32-1:0] pixels_q;

  generate
    genvar w, p;
    for (w = 0; w < WORDS; w = w + 1) begin : gen_word
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) pixels_q[w*32+:32] <= 32'd0;
        else if (wr_valid_i && wr_addr_i == ADDR_BITS'(w)) pixels_q[w*32+:32] <= wr_data_i;
      end
    end
    for (p = 0; p < WORDS * 32; p = p + 1) begin : gen_code
      if (p < PIXELS) begin : gen_pixel
        assign code_o[p*8+:8] = pixels_q[p] ? INK : PAPER;
      end else begin : gen_unused
        assign code_o[p*8+:8] = 8'h00;
        wire unused = pixels_q[p];
      end
    end
  endgenerate
endmodule

`default_nettype wire
