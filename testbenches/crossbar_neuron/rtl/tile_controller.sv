// Plays the ROM's DAC codes into the tile, waits until its rows have settled and takes their ADC
// codes. An update can start at every period: while one settles, the next is on its way.
`timescale 1ns / 1ps
`default_nettype none

module tile_controller #(
    parameter ROWS = 8,  // rows of the tile
    parameter UPDATES = 120,  // updates that are played
    parameter SETTLE = 1,  // periods from the DACs' edge to the edge that takes the ADC codes, >= 1
    parameter ROM_FILE = ""  // see dac_rom
) (
    input  wire              clk_i,
    input  wire              rst_ni,
    input  wire              start_i,
    // To and from the tile
    output wire              dac_valid_o,
    output wire [255:0]      dac_code_o,
    input  wire [ROWS*8-1:0] adc_code_i,
    // ADC codes of one update; ready with room for all that is on its way
    output wire              sample_valid_o,
    output wire              sample_last_o,
    output wire [ROWS*8-1:0] sample_code_o,
    input  wire              sample_ready_i
);
  localparam ADDR_BITS = $clog2(UPDATES);
  localparam [ADDR_BITS-1:0] LAST = ADDR_BITS'(UPDATES - 1);
  // An update must stay at the inputs until its ADC codes are taken.
  localparam [7:0] MIN_HOLD = 8'(SETTLE - 1);

  wire [7:0] hold;
  wire [255:0] code;

  logic is_running_q;
  logic [ADDR_BITS-1:0] addr_q;
  logic [7:0] wait_q;
  logic dac_valid_q;
  logic dac_last_q;
  logic [255:0] dac_code_q;
  logic [SETTLE-1:0] settle_valid_q;
  logic [SETTLE-1:0] settle_last_q;
  logic sample_valid_q;
  logic sample_last_q;
  logic [ROWS*8-1:0] sample_code_q;

  wire is_update = is_running_q && wait_q == 8'd0 && sample_ready_i;
  wire is_last = addr_q == LAST;

  dac_rom #(
      .WORDS(UPDATES),
      .FILE (ROM_FILE)
  ) u_rom (
      .addr_i(addr_q),
      .hold_o(hold),
      .code_o(code)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      is_running_q <= 1'b0;
      addr_q <= {ADDR_BITS{1'b0}};
      wait_q <= 8'd0;
      dac_valid_q <= 1'b0;
      dac_last_q <= 1'b0;
      dac_code_q <= 256'd0;
    end else begin
      dac_valid_q <= is_update;
      dac_last_q  <= is_update && is_last;
      if (start_i) is_running_q <= 1'b1;
      if (is_update) begin
        dac_code_q <= code;
        wait_q <= hold + MIN_HOLD;
        if (is_last) is_running_q <= 1'b0;
        else addr_q <= addr_q + 1'b1;
      end else if (wait_q != 8'd0) begin
        wait_q <= wait_q - 8'd1;
      end
    end
  end

  // The tile takes the DAC codes at the edge at which dac_valid_q enters the first stage.
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      settle_valid_q <= {SETTLE{1'b0}};
      settle_last_q  <= {SETTLE{1'b0}};
      sample_valid_q <= 1'b0;
      sample_last_q  <= 1'b0;
      sample_code_q  <= {(ROWS * 8) {1'b0}};
    end else begin
      settle_valid_q <= SETTLE'({settle_valid_q, dac_valid_q});
      settle_last_q  <= SETTLE'({settle_last_q, dac_last_q});
      sample_valid_q <= settle_valid_q[SETTLE-1];
      sample_last_q  <= settle_last_q[SETTLE-1];
      if (settle_valid_q[SETTLE-1]) sample_code_q <= adc_code_i;
    end
  end

  assign dac_valid_o = dac_valid_q;
  assign dac_code_o = dac_code_q;
  assign sample_valid_o = sample_valid_q;
  assign sample_last_o = sample_last_q;
  assign sample_code_o = sample_code_q;
endmodule

`default_nettype wire
