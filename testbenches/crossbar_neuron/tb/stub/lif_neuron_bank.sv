// A stand-in for the neurons: leaky sums of the charges that spike above a threshold, in the period
// of the charge or, just below the threshold, in the one after it.
`default_nettype none

module lif_neuron_bank #(
    parameter N = 16,  // neurons of the bank
    parameter PARAMS = ""  // CSV file: instance,v_sf,v_adap,v_lk,v_rtr
) (
    input  wire           clk,
    input  wire [N-1:0]   in_valid,
    input  wire [N*8-1:0] weight_code,
    output wire [N-1:0]   spike
);
  timeunit 1ps; timeprecision 1ps;

  real threshold[0:N-1];  // as a charge code
  integer charge[0:N-1];
  reg [N-1:0] is_late = {N{1'b0}};
  reg [N-1:0] spike_q = {N{1'b0}};
  assign spike = spike_q;

  initial begin : load
    integer file, char, fields, line, instance_i;
    real v_sf, v_adap, v_lk, v_rtr;
    file = $fopen(PARAMS, "r");
    if (file == 0) $fatal(1, "cannot read %0s", PARAMS);
    char = $fgetc(file);
    while (char != 10 && char != -1) char = $fgetc(file);
    for (line = 0; line < N; line = line + 1) begin
      fields = $fscanf(file, "%d,%f,%f,%f,%f", instance_i, v_sf, v_adap, v_lk, v_rtr);
      if (fields != 5) $fatal(1, "%0s: a knob is missing", PARAMS);
      threshold[instance_i] = 100.0 * v_sf;
      charge[instance_i] = 0;
    end
    $fclose(file);
  end

  always @(posedge clk) begin : answer
    integer n;
    spike_q <= {N{1'b0}};
    for (n = 0; n < N; n = n + 1) begin
      if (in_valid[n]) begin
        charge[n] = charge[n] + 32'(weight_code[n*8+:8]) - (weight_code[n*8+7] ? 256 : 0);
        if (charge[n] >= threshold[n]) begin
          spike_q[n] <= #(2500 - 10 * charge[n] / 2) 1'b1;
          charge[n] = 0;
        end
        is_late[n] = charge[n] >= threshold[n] - 5.0;
      end else if (is_late[n]) begin
        is_late[n] = 1'b0;
        spike_q[n] <= #(300 + n) 1'b1;
        charge[n] = 0;
      end
      charge[n] = charge[n] - charge[n] / 4;
    end
  end
endmodule

`default_nettype wire
