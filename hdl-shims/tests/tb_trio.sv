// Three banks of three circuits on one clock; writes every change of their outputs, and once a
// period all energies and latencies, bit by bit, so that two simulators' runs can be compared.
`default_nettype none

// $realtime loses its fraction in Verilator 5.006: time stamps are taken where they are whole.
module time_in_ps;
  timeunit 1ps;
  timeprecision 1ps;
  function automatic longint now();
    now = $time;
  endfunction
endmodule

module tb_trio;
  timeunit 1ns;
  timeprecision 1ps;

  integer steps = 60;
  integer trace_file;
  integer step = 0;
  reg has_x = 1'b0;

  reg clk = 1'b0;
  // Non-blocking: what the wrappers sample at the edge must be what stood there before it.
  always #2.5 clk <= !clk;

  reg [15:0] neuron_valid = 16'd0;
  reg [127:0] weight_code = 128'd0;
  wire [15:0] spike;
  reg tile_valid = 1'b0;
  reg [255:0] in_code = 256'd0;
  wire [31:0] out_code;
  reg [4:0] mixed_valid = 5'd0;
  reg [49:0] a_code = 50'd0;
  reg [14:0] b_code = 15'd0;
  wire [4:0] fire;
  wire [59:0] level_code;

  lif_neuron_bank #(
      .N(16),
      .PARAMS("params.csv")
  ) u_neurons (
      .clk(clk),
      .in_valid(neuron_valid),
      .weight_code(weight_code),
      .spike(spike)
  );

  crossbar_row_g30_bank #(
      .N(4)
  ) u_tile (
      .clk(clk),
      .in_valid(tile_valid),
      .in_code(in_code),
      .out_code(out_code)
  );

  generate
    genvar k;
    for (k = 0; k < 1; k = k + 1) begin : more
      mixed_bank #(
          .N(5)
      ) u_mixed (
          .clk(clk),
          .in_valid(mixed_valid),
          .a_code(a_code),
          .b_code(b_code),
          .fire(fire),
          .level_code(level_code)
      );
    end
  endgenerate

  // Stimulus: plain arithmetic on the step's number; every seventh step and the last third are idle.
  integer i;
  always @(posedge clk) begin
    step <= step + 1;
    for (i = 0; i < 16; i = i + 1) begin
      neuron_valid[i] <= step % 7 != 6 && step < 40 && (step * 5 + i * 3) % 4 != 0;
      weight_code[i*8+:8] <= 8'((step * 13 + i * 29) % 97) - 8'd20;
    end
    tile_valid <= step % 3 != 2 && step < 40;
    for (i = 0; i < 32; i = i + 1) in_code[i*8+:8] <= 8'((step / 2) * 37 + i * 11);
    mixed_valid <= 5'(step * 3);
    for (i = 0; i < 5; i = i + 1) begin
      a_code[i*10+:10] <= 10'(step * 71 + i * 129);
      b_code[i*3+:3] <= 3'(step + i);
    end
    if (has_x && step == 21) weight_code[27] <= 1'bx;
    if (step == steps) $finish;
  end

  time_in_ps ps ();

  // Not at time 0, where Verilator reports the initial values as changes.
  always @(spike) if (ps.now() != 0) $fdisplay(trace_file, "%0d spike %h", ps.now(), spike);
  always @(out_code) if (ps.now() != 0) $fdisplay(trace_file, "%0d out_code %h", ps.now(), out_code);
  always @(fire) if (ps.now() != 0) $fdisplay(trace_file, "%0d fire %h", ps.now(), fire);
  always @(level_code) if (ps.now() != 0) $fdisplay(trace_file, "%0d level_code %h", ps.now(), level_code);
  always @(negedge clk) begin
    $fdisplay(trace_file, "%0d neurons %h %h %h", ps.now(), $realtobits(u_neurons.energy_j),
              $realtobits(u_neurons.step_energy_j), $realtobits(u_neurons.latency_s));
    $fdisplay(trace_file, "%0d neuron3 %h %h", ps.now(),
              $realtobits(u_neurons.trace.at[3].instance_energy_j),
              $realtobits(u_neurons.trace.at[3].instance_latency_s));
    $fdisplay(trace_file, "%0d tile %h %h", ps.now(), $realtobits(u_tile.energy_j),
              $realtobits(u_tile.trace.at[2].out_value));
    $fdisplay(trace_file, "%0d mixed %h", ps.now(), $realtobits(more[0].u_mixed.trace.at[4].level_value_1));
  end

  initial begin
    trace_file = $fopen("trace.txt", "w");
    has_x = $test$plusargs("X") != 0;
    if ($test$plusargs("VCD") != 0) begin
      $dumpfile("wave.vcd");
      $dumpvars(0, tb_trio);
    end
  end
endmodule

`default_nettype wire
