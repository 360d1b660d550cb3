// Analog macro: a bank of N spiking neurons. Ports only.
`timescale 1ns / 1ps
`default_nettype none

// The ports of an analog macro lead into circuits that stand in no RTL.
// verilator lint_off UNUSEDSIGNAL
// verilator lint_off UNUSEDPARAM
// verilator lint_off UNDRIVEN
module lif_neuron_bank #(
    parameter N = 16,  // neurons of the bank
    parameter PARAMS = ""  // file with the neurons' bias voltages
) (
    input  wire           clk,  // period 5 ns; the inputs are taken at its rising edge
    input  wire [N-1:0]   in_valid,  // neurons that receive a charge at this edge
    input  wire [N*8-1:0] weight_code,  // a signed charge code a neuron, neuron 0 in the lowest
    output wire [N-1:0]   spike  // rises at a spike, falls at the next rising edge of clk
);
endmodule
// verilator lint_on UNUSEDSIGNAL
// verilator lint_on UNUSEDPARAM
// verilator lint_on UNDRIVEN

`default_nettype wire
