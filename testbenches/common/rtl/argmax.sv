// Index of the largest of a few signed values; of equal ones, the first.
`timescale 1ns / 1ps
`default_nettype none

module argmax #(
    parameter N = 10,  // values
    parameter BITS = 12,  // bits of a value
    parameter INDEX_BITS = 4  // bits of an index
) (
    input  wire [N*BITS-1:0]     value_i,  // value 0 in the lowest
    output wire [INDEX_BITS-1:0] index_o
);
  logic signed [BITS-1:0] best;
  logic [INDEX_BITS-1:0] index;

  always @* begin : search
    integer k;
    best  = value_i[0+:BITS];
    index = {INDEX_BITS{1'b0}};
    for (k = 1; k < N; k = k + 1) begin
      if ($signed(value_i[k*BITS+:BITS]) > best) begin
        best  = value_i[k*BITS+:BITS];
        index = INDEX_BITS'(k);
      end
    end
  end

  assign index_o = index;
endmodule

`default_nettype wire
