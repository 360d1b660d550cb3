// Counts the spikes of a few neurons.
`timescale 1ns / 1ps
`default_nettype none

module spike_counter #(
    parameter NEURONS = 10,  // neurons
    parameter BITS = 8  // bits of a count; it stays at its largest
) (
    input  wire                    clk_i,
    input  wire                    rst_ni,
    input  wire                    clear_i,
    input  wire [NEURONS-1:0]      spike_i,  // of the period that ends at this edge
    output wire [NEURONS*BITS-1:0] count_o  // neuron 0 in the lowest
);
  generate
    genvar n;
    for (n = 0; n < NEURONS; n = n + 1) begin : gen_neuron
      logic [BITS-1:0] count_q;

      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) count_q <= {BITS{1'b0}};
        else if (clear_i) count_q <= {BITS{1'b0}};
        else if (spike_i[n] && count_q != {BITS{1'b1}}) count_q <= count_q + 1'b1;
      end

      assign count_o[n*BITS+:BITS] = count_q;
    end
  endgenerate
endmodule

`default_nettype wire
