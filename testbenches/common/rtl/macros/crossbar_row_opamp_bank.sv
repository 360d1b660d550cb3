// Analog macro: a tile of N crossbar rows that share 32 inputs (DACs in, ADCs out). Ports only.
`timescale 1ns / 1ps
`default_nettype none

// The ports of an analog macro lead into circuits that stand in no RTL.
// verilator lint_off UNUSEDSIGNAL
// verilator lint_off UNUSEDPARAM
// verilator lint_off UNDRIVEN
module crossbar_row_opamp_bank #(
    parameter N = 4,  // rows of the tile
    parameter PARAMS = ""  // file with the rows' weights, for programming the tile
) (
    input  wire           clk,  // period 4 ns; the inputs are taken at its rising edge
    input  wire           in_valid,  // the DACs take in_code at this edge, else they hold
    input  wire [255:0]   in_code,  // 32 signed codes of 8 bits, input 1 in the lowest
    output wire [N*8-1:0] out_code  // a signed code a row, row 0 in the lowest
);
endmodule
// verilator lint_on UNUSEDSIGNAL
// verilator lint_on UNUSEDPARAM
// verilator lint_on UNDRIVEN

`default_nettype wire
