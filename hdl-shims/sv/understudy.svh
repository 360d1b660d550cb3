// The shim's functions, as a wrapper calls them. Include this file inside the wrapper's module, after
// VALID_BITS, CODE_BITS and ROW_BITS: the vectors are passed whole, at the wrapper's own widths.
//
// In Icarus these are system tasks of understudy.vpi and need no declaration. Verilator takes them
// from libunderstudy_dpi.a: an escaped identifier gives a DPI import the name of a system task.
//
//   $us_strict    whether a flag of an answer (outside the trained range, clamped) ends the run
//   $us_deadline  how long a lost server is looked for, in s; before $us_open
//   $us_open      connects at the first call; opens a bank and returns its handle
//   $us_post      notes the inputs at a clock edge
//   $us_flush     sends what was posted; the server answers while the simulator goes on
//   $us_lookahead when after an edge to collect, in ps: before any output of the circuit can change
//   $us_collect   waits for the answer; energies in J, latency in s
//   $us_next      the next instance whose outputs change, -1 for none left, in the order of time; the
//                 wait in ps from the collect or the last change; the codes of its outputs
//   $us_instance  energy of one instance's row in J, latest latency in s
//   $us_value     one instance's output value number `index`, before its conversion to a code
//   $us_close     at the end of the simulation; the first call closes the session for all banks
`ifdef VERILATOR
import "DPI-C" us_strict = function void \$us_strict (input int is_strict);
import "DPI-C" us_deadline = function void \$us_deadline (input int deadline_s);
import "DPI-C" us_open = function void \$us_open (
    output int handle, input string path, input string circuit, input string params_file,
    input int instances, input int valid_bits, input int code_bits, input int row_bits);
import "DPI-C" us_post = function void \$us_post (
    input int handle, input real time_ps, input bit [VALID_BITS-1:0] valid,
    input bit [CODE_BITS-1:0] codes);
import "DPI-C" us_flush = function void \$us_flush (input int handle);
import "DPI-C" us_lookahead = function void \$us_lookahead (
    input int handle, input int most_ps, output int wait_ps);
import "DPI-C" us_collect = function void \$us_collect (
    input int handle, input real time_ps, output real energy_j, output real step_energy_j,
    output real latency_s);
import "DPI-C" us_next = function void \$us_next (
    input int handle, output int instance_i, output longint wait_ps,
    output bit [ROW_BITS-1:0] codes);
import "DPI-C" us_instance = function void \$us_instance (
    input int handle, input int instance_i, output real energy_j, output real latency_s);
import "DPI-C" us_value = function void \$us_value (
    input int handle, input int instance_i, input int index, output real value);
import "DPI-C" us_close = function void \$us_close (input int handle, input real time_ps);
`endif
