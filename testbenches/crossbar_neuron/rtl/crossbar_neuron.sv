// A crossbar tile and a bank of neurons with their controllers: each row of the tile drives one
// neuron. The tile lives in one clock domain, the neurons in another; results come back to the first.
`timescale 1ns / 1ps
`default_nettype none

module crossbar_neuron #(
    parameter N = 8,  // rows of the tile, and neurons
    parameter UPDATES = 120,  // updates of the DACs in the ROM
    parameter COUNT_BITS = 16,  // bits of a spike count
    parameter ROM_FILE = "",  // DAC codes, see dac_rom
    parameter WEIGHTS_FILE = "",  // the rows' weights
    parameter KNOBS_FILE = ""  // the neurons' bias voltages
) (
    input  wire                    tile_clk_i,  // 4 ns
    input  wire                    neuron_clk_i,  // 5 ns
    input  wire                    rst_ni,  // asynchronous
    input  wire                    start_i,  // with tile_clk_i
    output wire                    done_o,  // with tile_clk_i: all updates played, count_o is final
    output wire [N*COUNT_BITS-1:0] count_o  // spikes of each neuron, neuron 0 in the lowest
);
  localparam WORD_BITS = 1 + N + N * 8;  // {last, charge valid, charge code}
  localparam SETTLE = 1;  // periods in which a row settles

  wire tile_rst_n;
  wire neuron_rst_n;

  wire dac_valid;
  wire [255:0] dac_code;
  wire [N*8-1:0] adc_code;

  wire sample_valid;
  wire sample_last;
  wire [N*8-1:0] sample_code;
  wire sample_ready;
  wire [N-1:0] sample_charge_valid;
  wire [N*8-1:0] sample_charge_code;

  wire set_valid;
  wire set_last;
  wire [N-1:0] set_charge_valid;
  wire [N*8-1:0] set_charge_code;
  wire set_ready;

  wire [N-1:0] charge_valid;
  wire [N*8-1:0] charge_code;
  wire [N-1:0] spike;
  wire [N*COUNT_BITS-1:0] count;
  wire neuron_done;
  wire tile_done;

  // Tile domain

  reset_sync u_tile_reset (
      .clk_i (tile_clk_i),
      .rst_ni(rst_ni),
      .rst_no(tile_rst_n)
  );

  tile_controller #(
      .ROWS(N),
      .UPDATES(UPDATES),
      .SETTLE(SETTLE),
      .ROM_FILE(ROM_FILE)
  ) u_tile_controller (
      .clk_i(tile_clk_i),
      .rst_ni(tile_rst_n),
      .start_i(start_i),
      .dac_valid_o(dac_valid),
      .dac_code_o(dac_code),
      .adc_code_i(adc_code),
      .sample_valid_o(sample_valid),
      .sample_last_o(sample_last),
      .sample_code_o(sample_code),
      .sample_ready_i(sample_ready)
  );

  crossbar_row_g30_bank #(
      .N(N),
      .PARAMS(WEIGHTS_FILE)
  ) u_tile (
      .clk(tile_clk_i),
      .in_valid(dac_valid),
      .in_code(dac_code),
      .out_code(adc_code)
  );

  generate
    genvar r;
    for (r = 0; r < N; r = r + 1) begin : gen_map
      charge_map u_map (
          .adc_code_i(sample_code[r*8+:8]),
          .charge_valid_o(sample_charge_valid[r]),
          .charge_code_o(sample_charge_code[r*8+:8])
      );
    end
  endgenerate

  // From the tile's domain to the neurons'

  async_fifo #(
      .WIDTH(WORD_BITS),
      .DEPTH_LOG2(3),
      .SPARE(SETTLE + 3)  // a word each in the DACs, in settling, in the sample, and one just begun
  ) u_fifo (
      .wr_clk_i(tile_clk_i),
      .wr_rst_ni(tile_rst_n),
      .wr_valid_i(sample_valid),
      .wr_data_i({sample_last, sample_charge_valid, sample_charge_code}),
      .wr_ready_o(sample_ready),
      .rd_clk_i(neuron_clk_i),
      .rd_rst_ni(neuron_rst_n),
      .rd_ready_i(set_ready),
      .rd_valid_o(set_valid),
      .rd_data_o({set_last, set_charge_valid, set_charge_code})
  );

  // Neuron domain

  reset_sync u_neuron_reset (
      .clk_i (neuron_clk_i),
      .rst_ni(rst_ni),
      .rst_no(neuron_rst_n)
  );

  neuron_controller #(
      .N(N),
      .COUNT_BITS(COUNT_BITS),
      .DRAIN(8)
  ) u_neuron_controller (
      .clk_i(neuron_clk_i),
      .rst_ni(neuron_rst_n),
      .set_valid_i(set_valid),
      .set_last_i(set_last),
      .set_charge_valid_i(set_charge_valid),
      .set_charge_code_i(set_charge_code),
      .set_ready_o(set_ready),
      .charge_valid_o(charge_valid),
      .charge_code_o(charge_code),
      .spike_i(spike),
      .count_o(count),
      .done_o(neuron_done)
  );

  lif_neuron_bank #(
      .N(N),
      .PARAMS(KNOBS_FILE)
  ) u_neurons (
      .clk(neuron_clk_i),
      .in_valid(charge_valid),
      .weight_code(charge_code),
      .spike(spike)
  );

  // Back to the tile's domain: the counts stand still before neuron_done rises.

  sync_2ff #(
      .WIDTH(1)
  ) u_done (
      .clk_i  (tile_clk_i),
      .rst_ni (tile_rst_n),
      .async_i(neuron_done),
      .sync_o (tile_done)
  );

  logic done_q;
  logic [N*COUNT_BITS-1:0] count_q;

  always_ff @(posedge tile_clk_i or negedge tile_rst_n) begin
    if (!tile_rst_n) begin
      done_q  <= 1'b0;
      count_q <= {(N * COUNT_BITS) {1'b0}};
    end else begin
      done_q <= tile_done;
      if (tile_done && !done_q) count_q <= count;
    end
  end

  assign done_o  = done_q;
  assign count_o = count_q;
endmodule

`default_nettype wire
