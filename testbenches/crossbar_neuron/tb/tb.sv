// Runs the crossbar and neuron system once over its ROM and checks what it did.
//
//   +golden=DIR   compares with the golden files in DIR (README.md names their formats)
//   +trace=FILE   writes every change of the system's signals as text
//   +vcd=FILE     writes the waveform
//
// Prints one line `TB PASS ...` or `TB FAIL ...`; the exit status is not 0 after TB FAIL.
`default_nettype none

module tb #(
    parameter DATA = "data"  // folder of the ROM's, the weights' and the knobs' files
);
  timeunit 1ps; timeprecision 1ps;

  localparam N = 8;
  localparam UPDATES = 120;
  localparam COUNT_BITS = 16;
  localparam MAX_STEPS = 1024;  // periods of a bank that the checks keep
  localparam START_CYCLE = 10;  // well after the reset
  localparam MAX_CYCLES = 1000;  // of the tile; a run takes some 500

  // Non-blocking: what is sampled at an edge must be what stood there before it.
  reg tile_clk = 1'b0;
  reg neuron_clk = 1'b0;
  always #2000 tile_clk <= !tile_clk;
  always #2500 neuron_clk <= !neuron_clk;

  reg rst_n = 1'b1;
  reg start = 1'b0;
  reg is_reset = 1'b0;  // has been, and the signals are known
  reg is_over = 1'b0;
  wire done;
  wire [N*COUNT_BITS-1:0] count;
  wire is_checked;
  wire has_failed;

  crossbar_neuron #(
      .N(N),
      .UPDATES(UPDATES),
      .COUNT_BITS(COUNT_BITS),
      .ROM_FILE({DATA, "/dac_codes.hex"}),
      .WEIGHTS_FILE({DATA, "/row_weights.csv"}),
      .KNOBS_FILE({DATA, "/neuron_knobs.csv"})
  ) dut (
      .tile_clk_i(tile_clk),
      .neuron_clk_i(neuron_clk),
      .rst_ni(rst_n),
      .start_i(start),
      .done_o(done),
      .count_o(count)
  );

  scoreboard #(
      .N(N),
      .UPDATES(UPDATES),
      .COUNT_BITS(COUNT_BITS),
      .MAX_STEPS(MAX_STEPS),
      .MAX_CODE_ERROR(2),
      .MIN_WITHIN_ONE(0.99),
      .MIN_SPIKE_F1(0.95),
      .MAX_LATENCY_ERROR(0.08),
      .MAX_COUNT_ERROR(0.05),
      .MIN_COMPARED(0.9)
  ) u_scoreboard (
      .tile_clk_i(tile_clk),
      .dac_valid_i(dut.dac_valid),
      .adc_code_i(dut.adc_code),
      .neuron_clk_i(neuron_clk),
      .charge_valid_i(dut.charge_valid),
      .charge_code_i(dut.charge_code),
      .spike_i(dut.spike),
      .done_i(done),
      .count_i(count),
      .is_over_i(is_over),
      .is_checked_o(is_checked),
      .has_failed_o(has_failed)
  );

  trace_log #(
      .N(N),
      .COUNT_BITS(COUNT_BITS),
      .MAX_CHANGES(8192)
  ) u_trace (
      .is_active_i(is_reset),
      .is_over_i(is_over),
      .dac_valid_i(dut.dac_valid),
      .dac_code_i(dut.dac_code),
      .adc_code_i(dut.adc_code),
      .charge_valid_i(dut.charge_valid),
      .charge_code_i(dut.charge_code),
      .spike_i(dut.spike),
      .done_i(done),
      .count_i(count)
  );

  // The last instance: simulators end modules in this order, and a failure ends the rest.
  exit_status u_exit (.has_failed_i(has_failed));

  // Not on an edge of a clock.
  initial begin
    #1000 rst_n = 1'b0;
    #19000 rst_n = 1'b1;
    is_reset = 1'b1;
  end

  integer cycles = 0;
  integer cycles_after = 0;

  always @(posedge tile_clk) begin
    cycles <= cycles + 1;
    start <= cycles == START_CYCLE;
    if (done || cycles >= MAX_CYCLES) cycles_after <= cycles_after + 1;
    is_over <= cycles_after >= 2;
  end

  initial begin : run
    reg [8*512-1:0] vcd_file;
    if ($value$plusargs("vcd=%s", vcd_file)) begin
      $dumpfile(vcd_file);
      $dumpvars(0, tb);
    end
    wait (is_checked);
    $finish;
  end
endmodule

`default_nettype wire
