// Gives the neurons one set of charges a period while there are any, and counts their spikes. After
// the last set it waits for late spikes, then reports the counts as final.
`timescale 1ns / 1ps
`default_nettype none

module neuron_controller #(
    parameter N = 8,  // neurons
    parameter COUNT_BITS = 16,  // bits of a spike count
    parameter DRAIN = 8  // periods from the last charges to the final counts
) (
    input  wire                    clk_i,
    input  wire                    rst_ni,
    // Charges from the other clock domain
    input  wire                    set_valid_i,
    input  wire                    set_last_i,
    input  wire [N-1:0]            set_charge_valid_i,
    input  wire [N*8-1:0]          set_charge_code_i,
    output wire                    set_ready_o,
    // To and from the neurons
    output wire [N-1:0]            charge_valid_o,
    output wire [N*8-1:0]          charge_code_o,
    input  wire [N-1:0]            spike_i,
    // Spikes of each neuron; done_o says that they change no more
    output wire [N*COUNT_BITS-1:0] count_o,
    output wire                    done_o
);
  localparam DRAIN_BITS = $clog2(DRAIN + 1);

  logic [N-1:0] charge_valid_q;
  logic [N*8-1:0] charge_code_q;
  logic [N*COUNT_BITS-1:0] count_q;
  logic is_draining_q;
  logic [DRAIN_BITS-1:0] drain_q;
  logic is_done_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      charge_valid_q <= {N{1'b0}};
      charge_code_q <= {(N * 8) {1'b0}};
      is_draining_q <= 1'b0;
      drain_q <= DRAIN_BITS'(DRAIN);
      is_done_q <= 1'b0;
    end else begin
      charge_valid_q <= set_valid_i ? set_charge_valid_i : {N{1'b0}};
      if (set_valid_i) begin
        charge_code_q <= set_charge_code_i;
        is_draining_q <= set_last_i;
      end
      if (is_draining_q && drain_q != {DRAIN_BITS{1'b0}}) drain_q <= drain_q - 1'b1;
      is_done_q <= drain_q == {DRAIN_BITS{1'b0}};
    end
  end

  // A spike is high until the edge that ends its period, which counts it.
  generate
    genvar n;
    for (n = 0; n < N; n = n + 1) begin : gen_count
      always_ff @(posedge clk_i or negedge rst_ni) begin
        if (!rst_ni) count_q[n*COUNT_BITS+:COUNT_BITS] <= {COUNT_BITS{1'b0}};
        else if (spike_i[n] && !is_done_q)
          count_q[n*COUNT_BITS+:COUNT_BITS] <= count_q[n*COUNT_BITS+:COUNT_BITS] + 1'b1;
      end
    end
  endgenerate

  assign set_ready_o = 1'b1;
  assign charge_valid_o = charge_valid_q;
  assign charge_code_o = charge_code_q;
  assign count_o = count_q;
  assign done_o = is_done_q;
endmodule

`default_nettype wire
