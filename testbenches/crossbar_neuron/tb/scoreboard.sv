// Keeps what the tile and the neurons received and answered, period by period, and checks it when
// the run is over: always that the RTL carried the data faithfully, and with +golden=DIR that the
// analog side answered as the golden files say. A step is a bank's clock period, 0 at its first edge.
`default_nettype none

// verilator tracing_off
module scoreboard #(
    parameter N = 8,  // rows and neurons
    parameter UPDATES = 120,  // updates of the DACs that are expected
    parameter COUNT_BITS = 16,  // bits of a spike count
    parameter MAX_STEPS = 1024,  // periods that can be kept
    parameter MAX_CODE_ERROR = 2,  // LSB: no ADC code is further off
    parameter MIN_WITHIN_ONE = 0.99,  // share of the ADC codes that are off by 1 LSB at most
    parameter MIN_SPIKE_F1 = 0.95,  // spikes matched by neuron and step
    parameter MAX_LATENCY_ERROR = 0.08,  // mean of |latency - golden| / golden, matched spikes
    parameter MAX_COUNT_ERROR = 0.05,  // of the number of all spikes
    parameter MIN_COMPARED = 0.9  // share of the run for which the golden files hold
) (
    input  wire                    tile_clk_i,
    input  wire                    dac_valid_i,
    input  wire [N*8-1:0]          adc_code_i,
    input  wire                    neuron_clk_i,
    input  wire [N-1:0]            charge_valid_i,
    input  wire [N*8-1:0]          charge_code_i,
    input  wire [N-1:0]            spike_i,
    input  wire                    done_i,
    input  wire [N*COUNT_BITS-1:0] count_i,
    input  wire                    is_over_i,
    output reg                     is_checked_o,
    output reg                     has_failed_o
);
  timeunit 1ps; timeprecision 1ps;

  // What happened
  reg has_update[0:MAX_STEPS-1];  // at the edge that begins the step
  reg [N*8-1:0] row_code[0:MAX_STEPS-1];  // at the end of the step
  reg [N-1:0] charge_valid[0:MAX_STEPS-1];
  reg [N*8-1:0] charge_code[0:MAX_STEPS-1];
  integer latency_ps[0:N*MAX_STEPS-1];  // of the spike in the step, 0: none
  integer tile_steps = 0;  // edges so far
  integer neuron_steps = 0;
  reg [63:0] neuron_edge_ps = 64'd0;
  reg [N-1:0] spike_was = {N{1'b0}};

  always @(posedge tile_clk_i) begin
    if (!is_over_i && tile_steps < MAX_STEPS) begin
      if (tile_steps > 0) row_code[tile_steps-1] = adc_code_i;
      has_update[tile_steps] = dac_valid_i;
      tile_steps = tile_steps + 1;
    end
  end

  always @(posedge neuron_clk_i) begin
    if (!is_over_i && neuron_steps < MAX_STEPS) begin
      charge_valid[neuron_steps] = charge_valid_i;
      charge_code[neuron_steps] = charge_code_i;
      neuron_edge_ps = $time;
      neuron_steps = neuron_steps + 1;
    end
  end

  always @(spike_i) begin : keep_spikes
    integer n;
    for (n = 0; n < N; n = n + 1)
      if (spike_i[n] && !spike_was[n] && neuron_steps > 0)
        latency_ps[n*MAX_STEPS+neuron_steps-1] = 32'($time - neuron_edge_ps);
    spike_was = spike_i;
  end

  // The golden files: step,row,code and step,neuron,code and neuron,step,latency_ps
  reg [8*512-1:0] golden_dir;
  reg [N-1:0] golden_valid[0:MAX_STEPS-1];
  reg [N*8-1:0] golden_code[0:MAX_STEPS-1];
  integer golden_latency_ps[0:N*MAX_STEPS-1];
  integer departs_at[0:N-1];  // the step from which a neuron's charges differ from the golden run's

  // Figures
  integer spikes = 0;
  integer spikes_reported = 0;
  integer codes_compared = 0;
  integer codes_within_one = 0;
  integer largest_code_error = 0;
  integer codes_astray = 0;  // golden codes of a step without an update
  integer steps_compared = 0;
  integer matched = 0;
  integer golden_spikes = 0;
  integer seen_spikes = 0;
  real latency_error_sum = 0.0;

  function integer magnitude(input integer value);
    magnitude = value < 0 ? -value : value;
  endfunction

  function integer signed_code(input [7:0] code);
    signed_code = code[7] ? 32'(code) - 256 : 32'(code);
  endfunction

  task fail(input [8*80-1:0] what);
    begin
      if (!has_failed_o) $write("TB FAIL");
      else $write(";");
      $write(" %0s", what);
      has_failed_o = 1'b1;
    end
  endtask

  task clear;
    integer i;
    begin
      for (i = 0; i < MAX_STEPS; i = i + 1) begin
        golden_valid[i] = {N{1'b0}};
        golden_code[i] = {(N * 8) {1'b0}};
      end
      for (i = 0; i < N * MAX_STEPS; i = i + 1) begin
        latency_ps[i] = 0;
        golden_latency_ps[i] = 0;
      end
    end
  endtask

  // Each set of ADC codes must reach the neurons as charges, in order, whatever the clocks do.
  task check_charges;
    integer tile_step, neuron_step, n, level, sets;
    reg [N-1:0] valid;
    reg [N*8-1:0] code;
    reg is_wrong;
    begin
      neuron_step = 0;
      sets = 0;
      is_wrong = 1'b0;
      for (tile_step = 0; tile_step < tile_steps - 1; tile_step = tile_step + 1) begin
        if (has_update[tile_step]) begin
          sets = sets + 1;
          for (n = 0; n < N; n = n + 1) begin
            level = (signed_code(row_code[tile_step][n*8+:8]) + 136) / 16 - 8;
            valid[n] = level != 0;
            code[n*8+:8] = 8'(level * 15);
          end
          if (valid != {N{1'b0}}) begin
            while (neuron_step < neuron_steps && charge_valid[neuron_step] == {N{1'b0}})
              neuron_step = neuron_step + 1;
            if (neuron_step == neuron_steps) is_wrong = 1'b1;
            else begin
              if (charge_valid[neuron_step] !== valid || charge_code[neuron_step] !== code) is_wrong = 1'b1;
              neuron_step = neuron_step + 1;
            end
          end
        end
      end
      if (sets != UPDATES) fail("updates of the DACs: not all played");
      if (is_wrong) fail("charges: not those of the ADC codes");
    end
  endtask

  task check_counts;
    integer n, step, seen;
    reg is_wrong;
    begin
      is_wrong = 1'b0;
      for (n = 0; n < N; n = n + 1) begin
        seen = 0;
        for (step = 0; step < neuron_steps; step = step + 1)
          if (latency_ps[n*MAX_STEPS+step] > 0) seen = seen + 1;
        spikes = spikes + seen;
        spikes_reported = spikes_reported + 32'(count_i[n*COUNT_BITS+:COUNT_BITS]);
        if (32'(count_i[n*COUNT_BITS+:COUNT_BITS]) != seen) is_wrong = 1'b1;
      end
      if (is_wrong) fail("spike counts: not those of the neurons' spikes");
    end
  endtask

  task open_golden(input [8*32-1:0] name, output integer file);
    integer char;
    begin
      file = $fopen($sformatf("%0s/%0s", golden_dir, name), "r");
      if (file == 0) fail("golden file missing:");
      if (file == 0) $write(" %0s/%0s", golden_dir, name);
      else begin
        char = $fgetc(file);
        while (char != 10 && char != -1) char = $fgetc(file);
      end
    end
  endtask

  task close_golden(input integer file, input is_whole);
    begin
      if (!is_whole) fail("golden file: a line is not three integers in range");
      $fclose(file);
    end
  endtask

  function is_in_range(input integer step, input integer n);
    is_in_range = step >= 0 && step < MAX_STEPS && n >= 0 && n < N;
  endfunction

  task compare_codes;
    integer file, fields, step, row, code, error;
    begin
      open_golden("row_codes.csv", file);
      if (file != 0) begin
        fields = $fscanf(file, "%d,%d,%d\n", step, row, code);
        while (fields == 3 && is_in_range(step, row)) begin
          if (has_update[step] !== 1'b1) codes_astray = codes_astray + 1;
          else begin
            error = magnitude(signed_code(row_code[step][row*8+:8]) - code);
            codes_compared = codes_compared + 1;
            if (error <= 1) codes_within_one = codes_within_one + 1;
            if (error > largest_code_error) largest_code_error = error;
          end
          fields = $fscanf(file, "%d,%d,%d\n", step, row, code);
        end
        close_golden(file, fields < 1 && $feof(file) != 0);
        if (codes_astray > 0) fail("golden ADC codes: of steps without an update");
        if (codes_compared < MIN_COMPARED * N * UPDATES) fail("golden ADC codes: too few");
        else if (codes_within_one < MIN_WITHIN_ONE * codes_compared) fail("ADC codes: too many off by more than 1");
        if (largest_code_error > MAX_CODE_ERROR) fail("ADC codes: largest error too large");
      end
    end
  endtask

  // Which charges the golden spikes answer: a neuron's spikes count until its charges depart.
  task compare_charges;
    integer file, fields, step, n, code;
    begin
      for (n = 0; n < N; n = n + 1) departs_at[n] = 0;
      open_golden("charge_codes.csv", file);
      if (file != 0) begin
        fields = $fscanf(file, "%d,%d,%d\n", step, n, code);
        while (fields == 3 && is_in_range(step, n)) begin
          golden_valid[step][n] = 1'b1;
          golden_code[step][n*8+:8] = 8'(code);
          fields = $fscanf(file, "%d,%d,%d\n", step, n, code);
        end
        close_golden(file, fields < 1 && $feof(file) != 0);
        for (n = 0; n < N; n = n + 1) begin
          step = 0;
          while (step < neuron_steps && charge_valid[step][n] == golden_valid[step][n]
                 && (!golden_valid[step][n] || charge_code[step][n*8+:8] == golden_code[step][n*8+:8]))
            step = step + 1;
          departs_at[n] = step;
          steps_compared = steps_compared + step;
        end
        if (steps_compared < MIN_COMPARED * N * neuron_steps) fail("charges: depart from the golden run's");
      end
    end
  endtask

  task compare_spikes;
    integer file, fields, step, n, latency, seen;
    begin
      open_golden("spikes.csv", file);
      if (file != 0) begin
        fields = $fscanf(file, "%d,%d,%d\n", n, step, latency);
        while (fields == 3 && is_in_range(step, n) && latency > 0) begin
          golden_latency_ps[n*MAX_STEPS+step] = latency;
          fields = $fscanf(file, "%d,%d,%d\n", n, step, latency);
        end
        close_golden(file, fields < 1 && $feof(file) != 0);
        for (n = 0; n < N; n = n + 1)
          for (step = 0; step < departs_at[n]; step = step + 1) begin
            seen = latency_ps[n*MAX_STEPS+step];
            latency = golden_latency_ps[n*MAX_STEPS+step];
            if (seen > 0) seen_spikes = seen_spikes + 1;
            if (latency > 0) golden_spikes = golden_spikes + 1;
            if (seen > 0 && latency > 0) begin
              matched = matched + 1;
              latency_error_sum = latency_error_sum + (1.0 * magnitude(seen - latency)) / latency;
            end
          end
        if (golden_spikes == 0) fail("golden spikes: none");
        if (spike_f1(1'b0) < MIN_SPIKE_F1) fail("spikes: F1 too low");
        if (latency_error(1'b0) > MAX_LATENCY_ERROR) fail("spike latency: mean error too large");
        if (magnitude(seen_spikes - golden_spikes) > MAX_COUNT_ERROR * golden_spikes)
          fail("spikes: number too far off");
      end
    end
  endtask

  function real spike_f1(input unused);
    spike_f1 = seen_spikes + golden_spikes == 0 ? 0.0 : 2.0 * matched / (seen_spikes + golden_spikes);
  endfunction

  function real latency_error(input unused);
    latency_error = matched == 0 ? 0.0 : latency_error_sum / matched;
  endfunction

  function real share(input integer part, input integer whole);
    share = whole == 0 ? 0.0 : (1.0 * part) / whole;
  endfunction

  reg is_golden;

  initial begin : check
    is_checked_o = 1'b0;
    has_failed_o = 1'b0;
    clear;
    wait (is_over_i);
    is_golden = $value$plusargs("golden=%s", golden_dir) != 0;
    if (!done_i) fail("the system: not done in time");
    check_charges;
    check_counts;
    if (is_golden) begin
      compare_codes;
      compare_charges;
      compare_spikes;
    end
    if (!has_failed_o) $write("TB PASS");
    $write(": %0d tile steps, %0d neuron steps, %0d spikes", tile_steps, neuron_steps, spikes);
    if (is_golden) begin
      $write("; ADC codes: %0d compared, %0.4f within 1 LSB, largest error %0d", codes_compared,
             share(codes_within_one, codes_compared), largest_code_error);
      $write("; spikes: %0d golden, %0d seen, F1 %0.4f, latency error %0.4f", golden_spikes, seen_spikes,
             spike_f1(1'b0), latency_error(1'b0));
      $write("; stimulus as in the golden run for %0.4f of the periods", share(steps_compared, N * neuron_steps));
    end else $write("; no golden files, not compared");
    $write("\n");
    is_checked_o = 1'b1;
  end
endmodule

`default_nettype wire
