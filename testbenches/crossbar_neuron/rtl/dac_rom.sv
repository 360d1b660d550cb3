// The ROM of the DAC codes: a word holds the codes of one update and the periods to wait after it.
`timescale 1ns / 1ps
`default_nettype none

module dac_rom #(
    parameter WORDS = 128,  // words in the ROM
    parameter FILE = ""  // hexadecimal words, each {hold, code}
) (
    input  wire [$clog2(WORDS)-1:0] addr_i,
    output wire [7:0]               hold_o,  // periods without an update, beyond settling
    output wire [255:0]             code_o   // 32 signed codes of 8 bits, input 1 in the lowest
);
  logic [263:0] words[0:WORDS-1];

  initial $readmemh(FILE, words);

  assign {hold_o, code_o} = words[addr_i];
endmodule

`default_nettype wire
