// One bank of any size, with an input for each instance at each edge; prints a checksum of the
// spikes and of their times, and with +QUIET an edge without inputs instead.
`default_nettype none

module tb_scale;
  timeunit 1ps;
  timeprecision 1ps;

  parameter N = 1000;  // instances
  parameter STEPS = 50;  // clock periods
  parameter TRACE = 0;  // handed to the bank

  reg clk = 1'b0;
  always #2500 clk <= !clk;

  reg [N-1:0] in_valid = {N{1'b0}};
  reg [N*8-1:0] weight_code = {N{8'd0}};
  wire [N-1:0] spike;
  integer step = 0;
  reg [63:0] checksum = 64'd0;
  integer spikes = 0;

  lif_neuron_bank #(
      .N(N),
      .TRACE(TRACE)
  ) u_neurons (
      .clk(clk),
      .in_valid(in_valid),
      .weight_code(weight_code),
      .spike(spike)
  );

  // All codes at once, from shifts of the last ones: a loop over the instances would be what costs.
  always @(posedge clk) begin
    step <= step + 1;
    in_valid <= step < STEPS - 2 ? {N{1'b1}} : {N{1'b0}};
    weight_code <= step == 0 ? {{(N * 8 - 32) {1'b0}}, 32'h1b37_4d05} ^ {N{8'h23}}
                             : {weight_code[N*8-9:0], weight_code[N*8-1-:8] ^ 8'h11};
    spikes <= spikes + $countones(spike);
    if (step == STEPS) begin
      $display("spikes %0d checksum %h", spikes, checksum);
      $finish;
    end
  end

  always @(spike)
    if ($time != 0) checksum <= {checksum[62:0], checksum[63]} ^ {$time + 64'($countones(spike))};
endmodule

`default_nettype wire
