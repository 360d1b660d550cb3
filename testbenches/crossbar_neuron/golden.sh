#!/bin/sh
# Makes the testbench's golden files from what ngspice answered to a recorded run.
#
#   golden.sh TILE_EVENTS NEURON_STIMULUS NEURON_EVENTS OUT_DIR
#
# TILE_EVENTS      events of crossbar_row_g30, as `understudy replay --backend ngspice` writes them
# NEURON_STIMULUS  stimulus of lif_neuron, as `understudy run --record` writes it
# NEURON_EVENTS    the events to it, as `understudy replay --backend ngspice` writes them
# OUT_DIR          receives row_codes.csv, charge_codes.csv and spikes.csv
# shellcheck disable=SC2016 # in the single quotes stand programs of awk
set -eu

if [ $# -ne 4 ]; then
  echo "usage: $0 TILE_EVENTS NEURON_STIMULUS NEURON_EVENTS OUT_DIR" >&2
  exit 2
fi
tile_events=$1
neuron_stimulus=$2
neuron_events=$3
out=$4
mkdir -p "$out"

# Columns by their names: `at["step"]` is the number of the column `step`.
columns='
function refuse(what) {
  printf "%s line %d: %s\n", FILENAME, FNR, what > "/dev/stderr"
  has_failed = 1
  exit 1
}
function need(names, list, n, i) {
  n = split(names, list, " ")
  for (i = 1; i <= n; i++) if (!(list[i] in at)) refuse("no column " list[i] " (expected: " names ")")
}
{ sub(/\r$/, "") }
FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
END { if (!has_failed && NR < 2) refuse("no rows") }
'

# What the ADC, of +-0.8 V, makes of the voltage at the period's end: to the nearest code, halves to even.
awk -F, "$columns"'
function nearest_even(x, down, rest) {
  down = int(x)
  if (down > x) down--
  rest = x - down
  if (rest > 0.5 || (rest == 0.5 && down % 2 != 0)) down++
  return down
}
FNR == 1 { need("instance step event out"); print "step,row,code"; next }
$at["event"] == "E3" { next }
{
  volts = $at["out"] + 0
  if (volts > 0.8) volts = 0.8
  if (volts < -0.8) volts = -0.8
  print $at["step"] "," $at["instance"] "," nearest_even(volts / 0.00629921259842519685)
}' "$tile_events" >"$out/row_codes.csv"

awk -F, "$columns"'
FNR == 1 { need("instance step weight"); print "step,neuron,code"; next }
{ printf "%d,%d,%d\n", $at["step"], $at["instance"], $at["weight"] / 0.016 + ($at["weight"] < 0 ? -0.5 : 0.5) }
' "$neuron_stimulus" >"$out/charge_codes.csv"

# A late spike stands in an E3 row, its latency counts from the first idle period.
awk -F, "$columns"'
FNR == 1 { need("instance step event spike latency_s"); print "neuron,step,latency_ps"; next }
$at["spike"] + 0 > 0 {
  if ($at["latency_s"] == "") refuse("a spike without a latency")
  late = int($at["latency_s"] / 5e-9)
  printf "%d,%d,%.0f\n", $at["instance"], $at["step"] + late, ($at["latency_s"] - late * 5e-9) * 1e12
}' "$neuron_events" >"$out/spikes.csv"
