# Writes the testbench's data: the DAC codes of each update, the tile's weights, the neurons' knobs.
#
#   awk -v out=DIR -f generate.awk
#
# The same bytes with every awk: the random numbers are a Lehmer generator's in exact integers.

function uniform() {
  seed = (seed * 16807) % 2147483647
  return seed / 2147483647
}

# An integer from 0 to n - 1.
function below(n) {
  return int(uniform() * n)
}

function ternary() {
  return below(3) - 1
}

function voltage(low, high) {
  return sprintf("%.3f", low + (high - low) * uniform())
}

# DAC codes -127..127 for -0.8..0.8 V. Most updates draw all inputs anew, some only few of them, some
# put all on the rails; some repeat the codes, which leaves the tile idle.
function draw_codes(update, kind, k) {
  kind = uniform()
  if (update > 0 && kind < 0.06) return
  for (k = 0; k < INPUTS; k++) {
    if (kind < 0.16) code[k] = uniform() < 0.5 ? -127 : 127
    else if (update == 0 || kind >= 0.32 || uniform() < 0.3) code[k] = below(255) - 127
  }
}

# Periods until the next update: bursts (which fill the FIFO), short waits, long pauses.
function draw_hold(kind) {
  kind = uniform()
  if (kind < 0.55) return 0
  if (kind < 0.82) return 1 + below(3)
  return 6 + below(20)
}

BEGIN {
  INPUTS = 32
  ROWS = 8
  UPDATES = 120
  seed = 20251
  file = out "/dac_codes.hex"
  print "// One update a line: periods to wait after it, then 32 codes, input 32 first." > file
  for (u = 0; u < UPDATES; u++) {
    draw_codes(u)
    line = sprintf("%02x_", draw_hold())
    for (k = INPUTS - 1; k >= 0; k--) line = line sprintf("%02x", (code[k] + 256) % 256)
    print line > file
  }

  file = out "/row_weights.csv"
  line = "instance"
  for (k = 1; k <= INPUTS; k++) line = line ",w" k
  print line ",bias" > file
  for (r = 0; r < ROWS; r++) {
    line = r
    for (k = 0; k <= INPUTS; k++) line = line "," ternary()
    print line > file
  }

  file = out "/neuron_knobs.csv"
  print "instance,v_sf,v_adap,v_lk,v_rtr" > file
  for (r = 0; r < ROWS; r++)
    print r "," voltage(0.5, 0.8) "," voltage(0.5, 0.8) "," voltage(0.4, 0.7) "," voltage(0.5, 0.8) > file
}
