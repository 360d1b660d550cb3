// Writes every change of the system's signals to the file of +trace=FILE, one a line:
// the time in ps, the signal, its value in hexadecimal.
//
// Simulators differ in the order in which they wake processes. So the values are kept as they stand
// at the end of each time step and written in a fixed order when the run is over.
`default_nettype none

// verilator tracing_off
module trace_log #(
    parameter N = 8,  // rows and neurons
    parameter COUNT_BITS = 16,  // bits of a spike count
    parameter MAX_CHANGES = 8192  // time steps with a change that can be kept
) (
    input wire                    is_active_i,  // the signals are known from now on
    input wire                    is_over_i,
    input wire                    dac_valid_i,
    input wire [255:0]            dac_code_i,
    input wire [N*8-1:0]          adc_code_i,
    input wire [N-1:0]            charge_valid_i,
    input wire [N*8-1:0]          charge_code_i,
    input wire [N-1:0]            spike_i,
    input wire                    done_i,
    input wire [N*COUNT_BITS-1:0] count_i
);
  timeunit 1ps; timeprecision 1ps;

  localparam BITS = 1 + 256 + N * 8 + N + N * 8 + N + 1 + N * COUNT_BITS;

  wire [BITS-1:0] signals = {
    dac_valid_i, dac_code_i, adc_code_i, charge_valid_i, charge_code_i, spike_i, done_i, count_i
  };

  reg [BITS-1:0] kept[0:MAX_CHANGES-1];
  reg [63:0] kept_at[0:MAX_CHANGES-1];
  integer changes = 0;

  always @(signals or is_active_i) begin
    if (is_active_i && !is_over_i) begin
      if (changes == 0 || kept_at[changes-1] != $time) changes = changes + 1;
      if (changes > MAX_CHANGES) $fatal(1, "trace: %0d changes (expected: at most %0d)", changes, MAX_CHANGES);
      kept[changes-1] = signals;
      kept_at[changes-1] = $time;
    end
  end

  reg was_dac_valid, now_dac_valid;
  reg [255:0] was_dac_code, now_dac_code;
  reg [N*8-1:0] was_adc_code, now_adc_code;
  reg [N-1:0] was_charge_valid, now_charge_valid;
  reg [N*8-1:0] was_charge_code, now_charge_code;
  reg [N-1:0] was_spike, now_spike;
  reg was_done, now_done;
  reg [N*COUNT_BITS-1:0] was_count, now_count;

  initial begin : write
    integer file;
    integer i;
    reg [8*512-1:0] name;
    reg is_first;
    if ($value$plusargs("trace=%s", name)) begin
      wait (is_over_i);
      file = $fopen(name, "w");
      if (file == 0) $fatal(1, "trace: cannot write %0s", name);
      for (i = 0; i < changes; i = i + 1) begin
        is_first = i == 0;
        {now_dac_valid, now_dac_code, now_adc_code, now_charge_valid, now_charge_code, now_spike, now_done,
         now_count} = kept[i];
        if (is_first || now_dac_valid !== was_dac_valid) $fdisplay(file, "%0d dac_valid %h", kept_at[i], now_dac_valid);
        if (is_first || now_dac_code !== was_dac_code) $fdisplay(file, "%0d dac_code %h", kept_at[i], now_dac_code);
        if (is_first || now_adc_code !== was_adc_code) $fdisplay(file, "%0d adc_code %h", kept_at[i], now_adc_code);
        if (is_first || now_charge_valid !== was_charge_valid)
          $fdisplay(file, "%0d charge_valid %h", kept_at[i], now_charge_valid);
        if (is_first || now_charge_code !== was_charge_code)
          $fdisplay(file, "%0d charge_code %h", kept_at[i], now_charge_code);
        if (is_first || now_spike !== was_spike) $fdisplay(file, "%0d spike %h", kept_at[i], now_spike);
        if (is_first || now_done !== was_done) $fdisplay(file, "%0d done %h", kept_at[i], now_done);
        if (is_first || now_count !== was_count) $fdisplay(file, "%0d count %h", kept_at[i], now_count);
        {was_dac_valid, was_dac_code, was_adc_code, was_charge_valid, was_charge_code, was_spike, was_done,
         was_count} = kept[i];
      end
      $fclose(file);
    end
  end
endmodule

`default_nettype wire
