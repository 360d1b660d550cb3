// A behavioural bank of crossbar rows, as one writes it by hand: the read-out's closed form with
// real numbers, no line resistances, a fixed delay, no energy.
`default_nettype none

module crossbar_row_model #(
    parameter N = 4,  // rows of the tile
    parameter PARAMS = "",  // CSV file: instance,w1..w32,bias
    parameter real GAIN = 30.0,  // of the amplifier
    parameter real CLIP_V = 0.8,  // largest output in V, of either sign
    parameter DELAY_PS = 447  // from the clock's edge to the output
) (
    input  wire           clk,
    input  wire           in_valid,
    input  wire [255:0]   in_code,
    output wire [N*8-1:0] out_code
);
  timeunit 1ps; timeprecision 1ps;

  localparam real ON_S = 1.0 / 78009.241569;
  localparam real OFF_S = 1.0 / 202009.241569;
  localparam real LSB_V = 0.8 / 127.0;

  // Volts of output for a volt of input k of row n, and without any input.
  real factor[0:N*32-1];
  real offset[0:N-1];
  reg [N*8-1:0] code_q = {(N * 8) {1'b0}};
  reg [N*8-1:0] next_code;

  assign out_code = code_q;

  initial begin : load
    integer file, fields, line, row, k, char;
    integer w[0:32];
    real gp, gn, kp, kn, ofp, bp, bn;
    file = $fopen(PARAMS, "r");
    if (file == 0) $fatal(1, "cannot read %0s", PARAMS);
    char = $fgetc(file);
    while (char != 10 && char != -1) char = $fgetc(file);
    for (line = 0; line < N; line = line + 1) begin
      fields = $fscanf(file, "%d", row);
      for (k = 0; k < 33; k = k + 1) begin
        fields = $fscanf(file, ",%d", w[k]);
        if (fields != 1) $fatal(1, "%0s: a weight is missing", PARAMS);
      end
      bp = w[32] < 0 ? OFF_S : ON_S;
      bn = w[32] > 0 ? OFF_S : ON_S;
      gp = bp;
      gn = bn;
      for (k = 0; k < 32; k = k + 1) begin
        if (w[k] != 0) begin
          gp = gp + (w[k] > 0 ? ON_S : OFF_S);
          gn = gn + (w[k] > 0 ? OFF_S : ON_S);
        end
      end
      kp = GAIN * 1000.0 / (1.0 + (1.0 + GAIN) * 1000.0 * gp);
      kn = GAIN * 1000.0 / (1.0 + 1000.0 * gn);
      ofp = kp * (1.0 + kn * gn);
      offset[row] = 0.8 * (ofp * bp - kn * bn);
      for (k = 0; k < 32; k = k + 1) begin
        if (w[k] == 0) factor[row*32+k] = 0.0;
        else if (w[k] > 0) factor[row*32+k] = ofp * ON_S - kn * OFF_S;
        else factor[row*32+k] = ofp * OFF_S - kn * ON_S;
      end
    end
    $fclose(file);
  end

  always @(posedge clk) begin : answer
    integer n, k, code;
    real v;
    real x[0:31];
    if (in_valid) begin
      for (k = 0; k < 32; k = k + 1) begin
        code = {24'd0, in_code[k*8+:8]};
        if (code > 127) code = code - 256;
        x[k] = code * LSB_V;
      end
      for (n = 0; n < N; n = n + 1) begin
        v = offset[n];
        for (k = 0; k < 32; k = k + 1) v = v + factor[n*32+k] * x[k];
        if (v > CLIP_V) v = CLIP_V;
        if (v < -CLIP_V) v = -CLIP_V;
        // A real becomes the nearest integer.
        code = $rtoi(v / LSB_V + (v < 0.0 ? -0.5 : 0.5));
        next_code[n*8+:8] = code[7:0];
      end
      code_q <= #(DELAY_PS) next_code;
    end
  end
endmodule

`default_nettype wire
