// Unit tests of the RTL's modules: a line `PASS name` or `FAIL name` each, in the end `END`.
`default_nettype none

module unit_tb #(
    parameter DATA = "data"  // as in the other system; these tests bring their own
);
  timeunit 1ps; timeprecision 1ps;

  reg clk = 1'b0;
  always #2500 clk <= !clk;
  reg rst_n = 1'b1;

  task check(input reg [8*64-1:0] name, input reg is_right);
    if (is_right === 1'b1) $display("PASS %0s", name);
    else $display("FAIL %0s", name);
  endtask

  reg step = 1'b0;
  wire [3:0] pixel_event;
  poisson_encoder #(
      .PIXELS(4),
      .RATE(4),
      .SEED_FILE("tb/unit/seeds.hex")
  ) u_encoder (
      .clk_i(clk),
      .rst_ni(rst_n),
      .step_i(step),
      .level_i(16'hf840),
      .event_o(pixel_event)
  );

  reg [1:0] spike = 2'b00;
  reg ready = 1'b0;
  wire valid;
  wire [1:0] word;
  wire overflow;
  spike_fifo #(
      .WIDTH(2),
      .DEPTH_LOG2(1)
  ) u_fifo (
      .clk_i(clk),
      .rst_ni(rst_n),
      .spike_i(spike),
      .rd_ready_i(ready),
      .rd_valid_o(valid),
      .rd_spike_o(word),
      .overflow_o(overflow)
  );

  reg spike_valid = 1'b0;
  reg [2:0] inputs = 3'b000;
  wire [1:0] charge_valid;
  wire [15:0] charge;
  synapse_array #(
      .INPUTS(3),
      .NEURONS(2),
      .MAX_CHARGE(125),
      .FILE("tb/unit/weights.hex")
  ) u_synapses (
      .clk_i(clk),
      .rst_ni(rst_n),
      .spike_valid_i(spike_valid),
      .spike_i(inputs),
      .charge_valid_o(charge_valid),
      .charge_code_o(charge)
  );

  reg clear = 1'b0;
  reg [1:0] counted = 2'b00;
  wire [5:0] count;
  spike_counter #(
      .NEURONS(2),
      .BITS(3)
  ) u_counter (
      .clk_i(clk),
      .rst_ni(rst_n),
      .clear_i(clear),
      .spike_i(counted),
      .count_o(count)
  );

  integer events[0:3];
  integer k;
  always @(posedge clk) for (k = 0; k < 4; k = k + 1) if (pixel_event[k]) events[k] = events[k] + 1;

  initial begin : run
    for (k = 0; k < 4; k = k + 1) events[k] = 0;
    #1000 rst_n = 1'b0;
    #6000 rst_n = 1'b1;
    @(negedge clk) step = 1'b1;
    repeat (4000) @(negedge clk);
    step = 1'b0;
    @(negedge clk);
    // Rates 0, 16, 32 and 60 of 256; deviations of four sigma.
    check("encoder: a black pixel never has an event", events[0] == 0);
    check("encoder: rates are the grey levels'", events[1] > 187 && events[1] < 313 && events[2] > 415 &&
          events[2] < 585 && events[3] > 828 && events[3] < 1047);
    repeat (2) @(negedge clk);
    check("encoder: no events without a step", pixel_event == 4'd0);

    spike = 2'b10;
    @(negedge clk) spike = 2'b00;
    @(negedge clk) spike = 2'b01;
    @(negedge clk) spike = 2'b00;
    check("FIFO: keeps words in order", valid && word == 2'b10 && !overflow);
    ready = 1'b1;
    @(negedge clk) check("FIFO: passes over silent periods", valid && word == 2'b01);
    @(negedge clk) check("FIFO: is empty in the end", !valid);
    ready = 1'b0;
    spike = 2'b11;
    repeat (3) @(negedge clk);
    check("FIFO: says that it was full", overflow);
    spike = 2'b00;

    spike_valid = 1'b1;
    inputs = 3'b011;
    @(negedge clk) check("synapses: add the weights of who spikes", charge == {8'hfe, 8'd120} && charge_valid == 2'b11);
    inputs = 3'b111;
    @(negedge clk) check("synapses: saturate", charge == {8'h83, 8'd125});
    inputs = 3'b000;
    @(negedge clk) check("synapses: no charge of nobody", charge_valid == 2'b00);

    counted = 2'b01;
    repeat (9) @(negedge clk);
    check("counter: stays at its largest", count == 6'b000_111);
    clear = 1'b1;
    @(negedge clk) check("counter: clears", count == 6'd0);
    $display("END");
    $finish;
  end

  // Bounded, whatever the tests do.
  initial #100000000 $fatal(1, "unit tests: still running");
endmodule

`default_nettype wire
