// A digit classifier of analog spiking neurons, 784-128-10 as it is trained: a Poisson encoder drives the input
// neurons, synapses turn the spikes of each layer into the charges of the next, the output neuron
// with the most spikes names the digit. One time step is one period.
`timescale 1ns / 1ps
`default_nettype none

module mnist_spiking #(
    parameter INPUTS = 784,  // pixels, and neurons of the first layer
    parameter HIDDEN = 128,  // neurons of the second
    parameter STEPS = 100,  // time steps of an image
    parameter GAP = 24,  // periods without input after them
    parameter RATE = 4,  // see poisson_encoder
    parameter INPUT_CHARGE = 100,  // charge code that an event gives an input neuron
    parameter SEED_FILE = "",  // see poisson_encoder
    parameter HIDDEN_FILE = "",  // see synapse_array
    parameter OUTPUT_FILE = ""
) (
    input  wire          clk_i,  // 5 ns
    input  wire          rst_ni,  // asynchronous
    input  wire          start_i,
    input  wire [INPUTS*4-1:0] level_i,  // the image: 4 bits a pixel, taken at start_i
    output wire          busy_o,
    output wire          done_o,
    output wire [3:0]    digit_o,  // from done_o on
    output wire [79:0]   count_o,  // spikes of each output, 8 bits, digit 0 in the lowest
    output wire          overflow_o  // a spike FIFO was full: the result counts for nothing
);
  localparam DIGITS = 10;

  wire rst_n;
  wire clear;
  wire step;
  wire [INPUTS-1:0] pixel_event;
  wire [INPUTS-1:0] input_spike;
  wire input_valid;
  wire [INPUTS-1:0] input_word;
  wire [HIDDEN-1:0] hidden_charge_valid;
  wire [HIDDEN*8-1:0] hidden_charge;
  wire [HIDDEN-1:0] hidden_spike;
  wire hidden_valid;
  wire [HIDDEN-1:0] hidden_word;
  wire [DIGITS-1:0] output_charge_valid;
  wire [DIGITS*8-1:0] output_charge;
  wire [DIGITS-1:0] output_spike;
  wire [1:0] overflow;
  wire [DIGITS*9-1:0] counts;

  logic [INPUTS*4-1:0] level_q;

  reset_sync u_reset (
      .clk_i (clk_i),
      .rst_ni(rst_ni),
      .rst_no(rst_n)
  );

  step_controller #(
      .STEPS(STEPS),
      .GAP(GAP)
  ) u_controller (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .start_i(start_i),
      .clear_o(clear),
      .step_o(step),
      .busy_o(busy_o),
      .done_o(done_o)
  );

  always_ff @(posedge clk_i) begin
    if (clear) level_q <= level_i;
  end

  poisson_encoder #(
      .PIXELS(INPUTS),
      .RATE(RATE),
      .SEED_FILE(SEED_FILE)
  ) u_encoder (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .step_i(step),
      .level_i(level_q),
      .event_o(pixel_event)
  );

  lif_neuron_bank #(
      .N(INPUTS)
  ) u_inputs (
      .clk(clk_i),
      .in_valid(pixel_event),
      .weight_code({INPUTS{8'(INPUT_CHARGE)}}),
      .spike(input_spike)
  );

  spike_fifo #(
      .WIDTH(INPUTS),
      .DEPTH_LOG2(1)
  ) u_input_spikes (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .spike_i(input_spike),
      .rd_ready_i(1'b1),
      .rd_valid_o(input_valid),
      .rd_spike_o(input_word),
      .overflow_o(overflow[0])
  );

  synapse_array #(
      .INPUTS(INPUTS),
      .NEURONS(HIDDEN),
      .FILE(HIDDEN_FILE)
  ) u_hidden_synapses (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .spike_valid_i(input_valid),
      .spike_i(input_word),
      .charge_valid_o(hidden_charge_valid),
      .charge_code_o(hidden_charge)
  );

  lif_neuron_bank #(
      .N(HIDDEN)
  ) u_hidden (
      .clk(clk_i),
      .in_valid(hidden_charge_valid),
      .weight_code(hidden_charge),
      .spike(hidden_spike)
  );

  spike_fifo #(
      .WIDTH(HIDDEN),
      .DEPTH_LOG2(1)
  ) u_hidden_spikes (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .spike_i(hidden_spike),
      .rd_ready_i(1'b1),
      .rd_valid_o(hidden_valid),
      .rd_spike_o(hidden_word),
      .overflow_o(overflow[1])
  );

  synapse_array #(
      .INPUTS(HIDDEN),
      .NEURONS(DIGITS),
      .FILE(OUTPUT_FILE)
  ) u_output_synapses (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .spike_valid_i(hidden_valid),
      .spike_i(hidden_word),
      .charge_valid_o(output_charge_valid),
      .charge_code_o(output_charge)
  );

  lif_neuron_bank #(
      .N(DIGITS)
  ) u_outputs (
      .clk(clk_i),
      .in_valid(output_charge_valid),
      .weight_code(output_charge),
      .spike(output_spike)
  );

  spike_counter #(
      .NEURONS(DIGITS),
      .BITS(8)
  ) u_counter (
      .clk_i(clk_i),
      .rst_ni(rst_n),
      .clear_i(clear),
      .spike_i(output_spike),
      .count_o(count_o)
  );

  // As signed numbers of 9 bits.
  generate
    genvar d;
    for (d = 0; d < DIGITS; d = d + 1) begin : gen_count
      assign counts[d*9+:9] = {1'b0, count_o[d*8+:8]};
    end
  endgenerate

  argmax #(
      .N(DIGITS),
      .BITS(9),
      .INDEX_BITS(4)
  ) u_argmax (
      .value_i(counts),
      .index_o(digit_o)
  );

  assign overflow_o = |overflow;
endmodule

`default_nettype wire
