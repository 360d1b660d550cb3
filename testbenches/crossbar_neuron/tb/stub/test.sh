#!/bin/sh
# Runs the system with the stand-in macros in both simulators: test.sh BUILD_DIR.
#
# Both must leave the same trace; golden files made from that trace must pass; golden files that are
# wrong in one way each must fail, for the reason given. Also checks that the data on record are
# those of their generator. The last line is `N passed, N failed`; exit status 1 if one failed.
# shellcheck disable=SC2016 # in the single quotes stand programs of awk
set -u

here=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd) || exit 2
passed=0
failed=0

report() { # report NAME STATUS
  if [ "$2" -eq 0 ]; then
    passed=$((passed + 1))
    echo "PASS $1"
  else
    failed=$((failed + 1))
    echo "FAIL $1"
  fi
}

# simulate SIMULATOR ARGS...: at most a minute; output in SIMULATOR.log.
simulate() {
  simulator=$1
  shift
  if [ "$simulator" = icarus ]; then
    timeout 60 vvp -n "$build/icarus/tb.vvp" "$@" >"$build/$simulator.log" 2>&1
  else
    timeout 60 "$build/verilator/Vtb" "$@" >"$build/$simulator.log" 2>&1
  fi
}

# accepts NAME GOLDEN_DIR
accepts() {
  for simulator in icarus verilator; do
    simulate "$simulator" "+golden=$2" && grep -q '^TB PASS' "$build/$simulator.log"
    result=$?
    [ "$result" -eq 0 ] || cat "$build/$simulator.log"
    report "$simulator accepts $1" "$result"
  done
}

# refuses NAME GOLDEN_DIR REASON: both simulators say TB FAIL with the reason and end with a status.
refuses() {
  for simulator in icarus verilator; do
    simulate "$simulator" "+golden=$2"
    status=$?
    [ "$status" -ne 0 ] && grep -q "^TB FAIL.*$3" "$build/$simulator.log"
    result=$?
    [ "$result" -eq 0 ] || cat "$build/$simulator.log"
    report "$simulator refuses $1" "$result"
  done
}

# edited NAME FILE AWK_PROGRAM: a copy of the golden files with one file changed; prints its folder.
edited() {
  rm -rf "${build:?}/$1"
  cp -r "$build/golden" "$build/$1"
  awk -F, -v OFS=, "$3" "$build/golden/$2" >"$build/$1/$2"
  echo "$build/$1"
}

for simulator in icarus verilator; do
  simulate "$simulator" "+trace=$build/$simulator.txt" "+vcd=$build/$simulator.vcd" &&
    grep -q '^TB PASS.*not compared' "$build/$simulator.log"
  report "$simulator completes a run without golden files" $?
  grep -q 'adc_code' "$build/$simulator.vcd"
  report "$simulator writes the waveform" $?
done
[ "$(wc -l <"$build/icarus.txt")" -gt 1000 ] && cmp "$build/icarus.txt" "$build/verilator.txt"
report "both simulators give the same trace" $?

mkdir -p "$build/replay" "$build/data"
awk -v out="$build/replay" -f "$here/tb/stub/events.awk" "$build/icarus.txt" &&
  "$here/golden.sh" "$build/replay/tile_events.csv" "$build/replay/neuron_stimulus.csv" \
    "$build/replay/neuron_events.csv" "$build/golden"
report "golden.sh converts a replay's files" $?
! "$here/golden.sh" "$build/replay/neuron_stimulus.csv" "$build/replay/neuron_stimulus.csv" \
  "$build/replay/neuron_events.csv" "$build/refused" 2>"$build/refused.log" &&
  grep -q 'line 1: no column event' "$build/refused.log"
report "golden.sh names a missing column" $?

accepts "golden files of the same run" "$build/golden"
accepts "ADC codes within the tolerance" \
  "$(edited near row_codes.csv 'NR % 2 == 0 { $3++ } NR == 7 { $3++ } { print }')"
accepts "latencies within the tolerance" \
  "$(edited early spikes.csv 'NR > 1 { $3 = int($3 * 1.07) } { print }')"
refuses "an ADC code off by 3" "$(edited far row_codes.csv 'NR == 7 { $3 += 3 } { print }')" \
  'ADC codes: largest error too large'
refuses "many ADC codes off by 2" \
  "$(edited wide row_codes.csv 'NR > 1 && NR % 50 == 0 { $3 += 2 } { print }')" \
  'ADC codes: too many off by more than 1'
refuses "ADC codes of too few steps" "$(edited few row_codes.csv 'NR < 800')" \
  'golden ADC codes: too few'
refuses "ADC codes of steps without an update" \
  "$(edited astray row_codes.csv 'NR == 9 { $1 = 3 } { print }')" 'of steps without an update'
refuses "spikes in other steps" \
  "$(edited other spikes.csv 'NR > 1 && NR % 12 == 0 { $2++ } { print }')" 'spikes: F1 too low'
refuses "missing spikes" "$(edited lost spikes.csv 'NR < 160')" 'spikes: number too far off'
refuses "latencies off by a tenth" \
  "$(edited late spikes.csv 'NR > 1 { $3 = int($3 * 1.1) } { print }')" \
  'spike latency: mean error too large'
refuses "no spikes at all" "$(edited none spikes.csv 'NR == 1')" 'golden spikes: none'
refuses "another run's charges" \
  "$(edited charges charge_codes.csv 'NR > 1 && $1 < 40 { $3 = 15 } { print }')" \
  "charges: depart from the golden run's"
refuses "a line that is not three numbers" \
  "$(edited garbled spikes.csv 'NR == 20 { $2 = "late" } { print }')" 'not three integers in range'
refuses "a folder that is not there" "$build/absent" 'golden file missing: .*absent/row_codes.csv'

# One neuron's charges depart at the end: its later spikes do not count, the rest does.
accepts "charges of one neuron that depart late" \
  "$(edited depart charge_codes.csv '$1 > 200 && $2 == 3 { $3 = 15 } { print }')"

awk -v out="$build/data" -f "$here/data/generate.awk"
for file in dac_codes.hex row_weights.csv neuron_knobs.csv; do
  cmp "$here/data/$file" "$build/data/$file"
  report "data/$file is what its generator writes" $?
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
