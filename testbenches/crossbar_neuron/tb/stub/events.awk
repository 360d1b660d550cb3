# Turns a trace of a run with the stand-in macros into the files that a replay would give:
#
#   awk -v out=DIR -f events.awk TRACE
#
# Writes DIR/tile_events.csv, DIR/neuron_stimulus.csv and DIR/neuron_events.csv. It works from the
# times in the trace alone and shares nothing with the scoreboard that it is used to check.

function hex(digits, value, i) {
  value = 0
  for (i = 1; i <= length(digits); i++) value = value * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
  return value
}

# Byte number n, from the right, as a signed number.
function code_of(digits, n, value) {
  value = hex(substr(digits, length(digits) - 2 * n - 1, 2))
  return value > 127 ? value - 256 : value
}

function bit_of(digits, n) {
  return int(hex(digits) / 2 ^ n) % 2
}

# An edge sees the values before the lines of its own time.
function tile_edges(until, n) {
  for (; 2000 + 4000 * tile_step <= until; tile_step++) {
    if (was_update)
      for (n = 0; n < 8; n++)
        printf "%d,%d,E1,1,%.17g,0,0\n", n, tile_step - 1, code_of(value["adc_code"], n) * LSB > tile_events
    was_update = value["dac_valid"] == "1"
  }
}

function neuron_edges(until, n) {
  for (; 2500 + 5000 * neuron_step <= until; neuron_step++)
    for (n = 0; n < 8; n++)
      if (bit_of(value["charge_valid"], n)) {
        printf "%d,%d,%.17g\n", n, neuron_step, code_of(value["charge_code"], n) * 0.016 > neuron_stimulus
        last_charge[n] = neuron_step
      }
}

# In the period of a charge, or late: counted from the first idle period.
function spike_at(time, n, step) {
  step = int((time - 2500) / 5000)
  if (last_charge[n] == step) printf "%d,%d,E1,1,1,0,%.17g\n", n, step, (time - 2500 - 5000 * step) * 1e-12 > neuron_events
  else {
    step = last_charge[n] + 1
    printf "%d,%d,E3,9,1,0,%.17g\n", n, step, (time - 2500 - 5000 * step) * 1e-12 > neuron_events
  }
}

BEGIN {
  LSB = 0.00629921259842519685
  tile_events = out "/tile_events.csv"
  neuron_stimulus = out "/neuron_stimulus.csv"
  neuron_events = out "/neuron_events.csv"
  print "instance,step,event,periods,out,energy_j,latency_s" > tile_events
  print "instance,step,weight" > neuron_stimulus
  print "instance,step,event,periods,spike,energy_j,latency_s" > neuron_events
  value["dac_valid"] = value["spike"] = value["charge_valid"] = "0"
}

{
  tile_edges($1)
  neuron_edges($1)
  if ($2 == "spike")
    for (i = 0; i < 8; i++) if (bit_of($3, i) && !bit_of(value["spike"], i)) spike_at($1, i)
  value[$2] = $3
}
