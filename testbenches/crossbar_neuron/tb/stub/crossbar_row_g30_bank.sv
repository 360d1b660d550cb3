// A stand-in for the crossbar tile: weighted sums of the DAC codes, a fixed delay a row.
`default_nettype none

module crossbar_row_g30_bank #(
    parameter N = 4,  // rows of the tile
    parameter PARAMS = ""  // CSV file: instance,w1..w32,bias
) (
    input  wire           clk,
    input  wire           in_valid,
    input  wire [255:0]   in_code,
    output wire [N*8-1:0] out_code
);
  timeunit 1ps; timeprecision 1ps;

  integer weights[0:N*33-1];
  reg [N*8-1:0] out_code_q = {(N * 8) {1'b0}};
  assign out_code = out_code_q;

  initial begin : load
    integer file, char, fields, line, instance_i, k, weight;
    file = $fopen(PARAMS, "r");
    if (file == 0) $fatal(1, "cannot read %0s", PARAMS);
    char = $fgetc(file);
    while (char != 10 && char != -1) char = $fgetc(file);
    for (line = 0; line < N; line = line + 1) begin
      fields = $fscanf(file, "%d", instance_i);
      for (k = 0; k < 33; k = k + 1) begin
        fields = $fscanf(file, ",%d", weight);
        weights[instance_i*33+k] = weight;
        if (fields != 1) $fatal(1, "%0s: a weight is missing", PARAMS);
      end
    end
    $fclose(file);
  end

  always @(posedge clk) begin : answer
    integer n, k, sum;
    if (in_valid)
      for (n = 0; n < N; n = n + 1) begin
        sum = weights[n*33+32] * 127;
        for (k = 0; k < 32; k = k + 1)
          sum = sum + weights[n*33+k] * (32'(in_code[k*8+:8]) - (in_code[k*8+7] ? 256 : 0));
        sum = sum / 5;
        if (sum > 127) sum = 127;
        if (sum < -127) sum = -127;
        out_code_q[n*8+:8] <= #(447 + n) 8'(sum);
      end
  end
endmodule

`default_nettype wire
