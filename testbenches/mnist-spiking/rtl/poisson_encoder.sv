// Turns grey levels into random events. Each pixel has a linear-feedback shift register of 16 bits
// of its own, which moves 16 shifts a step (xorshift 7, 9, 8: period 65,535); the pixel has an event
// where the register's upper byte is below the grey level times RATE.
`timescale 1ns / 1ps
`default_nettype none

module poisson_encoder #(
    parameter PIXELS = 784,  // pixels
    parameter RATE = 4,  // events a step and grey level, of 256
    parameter SEED_FILE = ""  // hexadecimal first states, none of them 0
) (
    input  wire                clk_i,
    input  wire                rst_ni,
    input  wire                step_i,
    input  wire [PIXELS*4-1:0] level_i,  // grey levels
    output wire [PIXELS-1:0]   event_o  // after a step; else none
);
  logic [15:0] seeds[0:PIXELS-1];
  logic [PIXELS*16-1:0] state_q;
  logic [PIXELS-1:0] event_q;

  initial $readmemh(SEED_FILE, seeds);

  // All registers at once, as one wide word; the masks keep a shift from running into a neighbour.
  wire [PIXELS*16-1:0] after_7 = state_q ^ ((state_q << 7) & {PIXELS{16'hff80}});
  wire [PIXELS*16-1:0] after_9 = after_7 ^ ((after_7 >> 9) & {PIXELS{16'h007f}});
  wire [PIXELS*16-1:0] after_8 = after_9 ^ ((after_9 << 8) & {PIXELS{16'hff00}});

  wire [PIXELS*16-1:0] seed;
  logic [PIXELS-1:0] hit;

  generate
    genvar p;
    for (p = 0; p < PIXELS; p = p + 1) begin : gen_seed
      assign seed[p*16+:16] = seeds[p];
    end
  endgenerate

  always @* begin : compare
    integer k;
    for (k = 0; k < PIXELS; k = k + 1)
      hit[k] = state_q[k*16+8+:8] < {4'd0, level_i[k*4+:4]} * 8'(RATE);
  end

  // The seeds are constants: a register's reset value each.
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= seed;
      event_q <= {PIXELS{1'b0}};
    end else begin
      if (step_i) state_q <= after_8;
      event_q <= step_i ? hit : {PIXELS{1'b0}};
    end
  end

  assign event_o = event_q;
endmodule

`default_nettype wire
