// The synapses between two layers: adds up, for each neuron, the weights of the inputs that spike,
// all inputs in one period, and saturates the sum to what the neurons' charge DACs take.
`timescale 1ns / 1ps
`default_nettype none

module synapse_array #(
    parameter INPUTS = 784,  // inputs
    parameter NEURONS = 128,  // neurons
    parameter MAX_CHARGE = 125,  // saturation, as a charge code
    parameter FILE = ""  // hexadecimal weights, a word an input, neuron 0 in the lowest 8 bits
) (
    input  wire                 clk_i,
    input  wire                 rst_ni,
    input  wire                 spike_valid_i,
    input  wire [INPUTS-1:0]    spike_i,
    output wire [NEURONS-1:0]   charge_valid_o,  // where the charge is not 0
    output wire [NEURONS*8-1:0] charge_code_o  // signed
);
  localparam SUM_BITS = 18;  // 784 weights of 8 bits
  localparam signed [SUM_BITS-1:0] HIGH = SUM_BITS'(MAX_CHARGE);
  localparam signed [SUM_BITS-1:0] LOW = -HIGH;

  logic [NEURONS*8-1:0] weights[0:INPUTS-1];
  logic [NEURONS*8-1:0] row;
  logic signed [SUM_BITS-1:0] sum[0:NEURONS-1];
  logic [NEURONS-1:0] valid_q;
  logic [NEURONS*8-1:0] code_q;

  initial $readmemh(FILE, weights);

  // Most inputs are silent: a simulator passes over them. The sums are read by this process alone.
  // verilator lint_off BLKSEQ
  always_ff @(posedge clk_i or negedge rst_ni) begin : accumulate
    integer i, n;
    if (!rst_ni) begin
      valid_q <= {NEURONS{1'b0}};
      code_q  <= {(NEURONS * 8) {1'b0}};
    end else begin
      for (n = 0; n < NEURONS; n = n + 1) sum[n] = {SUM_BITS{1'b0}};
      if (spike_valid_i) begin
        for (i = 0; i < INPUTS; i = i + 1) begin
          if (spike_i[i]) begin
            row = weights[i];
            for (n = 0; n < NEURONS; n = n + 1) sum[n] = sum[n] + SUM_BITS'($signed(row[n*8+:8]));
          end
        end
      end
      for (n = 0; n < NEURONS; n = n + 1) begin
        if (sum[n] > HIGH) sum[n] = HIGH;
        else if (sum[n] < LOW) sum[n] = LOW;
        valid_q[n] <= sum[n] != {SUM_BITS{1'b0}};
        code_q[n*8+:8] <= sum[n][7:0];
      end
    end
  end
  // verilator lint_on BLKSEQ

  assign charge_valid_o = valid_q;
  assign charge_code_o  = code_q;
endmodule

`default_nettype wire
