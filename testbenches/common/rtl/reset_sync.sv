// Brings a reset into a clock domain: asserts at once, releases two edges later.
`timescale 1ns / 1ps
`default_nettype none

module reset_sync (
    input  wire clk_i,
    input  wire rst_ni,  // asynchronous
    output wire rst_no   // released with clk_i
);
  logic [1:0] released_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) released_q <= 2'b00;
    else released_q <= {released_q[0], 1'b1};
  end

  assign rst_no = released_q[1];
endmodule

`default_nettype wire
