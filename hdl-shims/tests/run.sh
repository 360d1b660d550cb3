#!/bin/sh
# The shim's tests: run.sh BUILD_DIR, from hdl-shims/. First the core alone, then both simulators
# against the fake server. A simulator that is missing fails its tests. Every run is bounded in
# time. The last line is `N passed, N failed`; the exit status is 1 if one failed.
set -u

build=$(cd "$1" && pwd) || exit 2
here=$(pwd)
work=$build/run
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

# start_server [FAULT@N]: at a socket of its own in the current directory.
start_server() {
  UNDERSTUDY_SERVER=unix:u.sock
  export UNDERSTUDY_SERVER
  mkfifo ready
  "$build/fake_server" "$UNDERSTUDY_SERVER" "$@" >ready &
  server=$!
  read -r _ <ready
}

# simulate SIMULATOR TESTBENCH ARGS...: at most a minute; output in log and errors.
simulate() {
  simulator=$1
  testbench=$2
  shift 2
  if [ "$simulator" = icarus ]; then
    timeout 60 vvp -M "$build" -m understudy "$build/$testbench.vvp" "$@" >log 2>errors
  else
    timeout 60 "$build/obj_$testbench/V$testbench" "$@" >log 2>errors
  fi
}

fresh_directory() {
  rm -rf "${work:?}/$1"
  mkdir -p "$work/$1"
  cd "$work/$1" || exit 2
  printf 'instance,v_sf\n0,0.5\n' >params.csv
}

# refuses NAME TEXT FAULT SIMULATOR ARGS...: the run ends with status 3 and the text in errors.
# FAULT is `none` for no fault, `absent` for no server.
refuses() {
  name=$1
  text=$2
  fault=$3
  simulator=$4
  shift 4
  server=
  case $fault in
    absent) ;;
    none) start_server ;;
    *) start_server "$fault" ;;
  esac
  simulate "$simulator" tb_trio "$@"
  status=$?
  [ -z "$server" ] || wait "$server"
  grep -q "understudy: .*$text" errors && [ "$status" -eq 3 ]
  result=$?
  if [ "$result" -ne 0 ]; then
    echo "    status $status (expected: 3), errors (expected: $text):"
    cat errors
  fi
  report "$simulator $name" "$result"
}

echo "building testbenches"
trio="$here/tests/tb_trio.sv $here/tests/wrappers/lif_neuron_bank.sv \
  $here/tests/wrappers/crossbar_row_g30_bank.sv $here/tests/wrappers/mixed_bank.sv"
scale="$here/tests/tb_scale.sv $here/tests/wrappers/lif_neuron_bank.sv"
build_testbench() { # build_testbench TESTBENCH SOURCES...
  top=$1
  shift
  iverilog -g2012 -Wall -I"$here/sv" -s "$top" -o "$build/$top.vvp" "$@" 2>"$build/$top.icarus.log"
  [ ! -s "$build/$top.icarus.log" ]
  report "icarus compiles $top without a warning" $?
  # Its makefile does not know that the library may have changed.
  rm -f "$build/obj_$top/V$top"
  verilator --binary --timing --trace -Wno-fatal -I"$here/sv" --top "$top" \
    -Mdir "$build/obj_$top" -CFLAGS -O1 "$@" "$build/libunderstudy_dpi.a" \
    >"$build/$top.verilator.log" 2>&1
  report "verilator builds $top" $?
}
# shellcheck disable=SC2086 # the lists are words
build_testbench tb_trio $trio
# shellcheck disable=SC2086
build_testbench tb_scale $scale

echo "core"
"$build/core_test" "$build" >"$build/core_test.log"
core_status=$?
grep -v passed "$build/core_test.log"
core_passed=$(grep -c '^PASS' "$build/core_test.log")
core_failed=$(grep -c '^FAIL' "$build/core_test.log")
[ "$core_status" -eq 0 ] || [ "$core_failed" -gt 0 ] || core_failed=1 # it crashed
passed=$((passed + core_passed))
failed=$((failed + core_failed))

echo "both simulators"
for simulator in icarus verilator; do
  fresh_directory "$simulator"
  start_server
  UNDERSTUDY_SUMMARY=summary.json simulate "$simulator" tb_trio +VCD
  report "$simulator completes a run" $?
  wait "$server"
  sed -n '/^understudy: summary/,$p' log >summary.txt
  grep -q 'tb_trio.u_neurons .*lif_neuron .*16 ' summary.txt
  report "$simulator prints the summary" $?
  grep -q '^{"banks":\[{"path":"tb_trio.more\[0\].u_mixed","circuit":"mixed","instances":5,' \
    summary.json
  report "$simulator writes the summary as JSON" $?
  grep -q 'var real .* instance_energy_j' wave.vcd && grep -q 'var real .* out_value' wave.vcd
  report "$simulator shows energies and values in the waveform" $?
  # Signals that change at one instant are reported in any order.
  sort -s -k1,1n -k2,2 trace.txt >trace.sorted
done
cd "$work" || exit 2
[ "$(wc -l <icarus/trace.sorted)" -gt 700 ] && cmp icarus/trace.sorted verilator/trace.sorted
report "both simulators give the same outputs, times, energies and latencies" $?
cmp icarus/summary.txt verilator/summary.txt && cmp icarus/summary.json verilator/summary.json
report "both simulators give the same summary" $?
cmp "$here/tests/expected_trace.txt" icarus/trace.sorted
report "the outputs are those on record" $?

for simulator in icarus verilator; do
  fresh_directory tcp
  UNDERSTUDY_SERVER=tcp:127.0.0.1:$((20000 + $$ % 20000))
  export UNDERSTUDY_SERVER
  mkfifo ready
  "$build/fake_server" "$UNDERSTUDY_SERVER" >ready &
  server=$!
  read -r _ <ready
  simulate "$simulator" tb_trio && sort -s -k1,1n -k2,2 trace.txt | cmp - ../icarus/trace.sorted
  report "$simulator gives the same over TCP" $?
  wait "$server"

  fresh_directory scale
  start_server
  simulate "$simulator" tb_scale && grep spikes log >"../scale.$simulator"
  report "$simulator runs a bank of 1000 instances" $?
  wait "$server"
done
cmp "$work/scale.icarus" "$work/scale.verilator"
report "both simulators give the same for 1000 instances" $?

echo "failures"
for simulator in icarus verilator; do
  fresh_directory refusals
  rm -f ready
  UNDERSTUDY_SERVER=unix:$work/none.sock
  refuses "names a server that is not there" \
    'no server at unix:.*none.sock.*start one with ./understudy serve' absent "$simulator"
  UNDERSTUDY_SERVER=grpc:127.0.0.1:1
  UNDERSTUDY_PLUGINS=$work/none
  export UNDERSTUDY_PLUGINS
  refuses "names a plug-in that is not there" \
    'grpc:127.0.0.1:1: .*none/libunderstudy_grpc.so.*(expected: the plug-in libunderstudy_grpc.so' \
    absent "$simulator"
  unset UNDERSTUDY_PLUGINS
  for scheme in grpc grpcs tls; do
    UNDERSTUDY_SERVER=$scheme:127.0.0.1:1
    refuses "names a $scheme server that is not there" \
      "no server at $scheme:127.0.0.1:1.*expected: a running server" absent "$simulator"
  done
  unset UNDERSTUDY_SERVER
  refuses "asks for a server's address" 'UNDERSTUDY_SERVER: not set' absent "$simulator"
  rm -f params.csv
  refuses "names a parameter file that is not there" \
    'tb_trio.u_neurons (circuit lif_neuron): parameter file params.csv: No such file' none \
    "$simulator"
  for fault in 'close@9|connection closed by the server' 'cut@8|connection closed by the server' \
    'garbage@9|server: frame header: garbled' 'version@1|server: protocol version 3' \
    'error@12|server: backend: out of order' 'nan@9|nan (expected: finite)' \
    'silence@9|no answer after 300 ms'; do
    fresh_directory refusals
    UNDERSTUDY_TIMEOUT_MS=300
    UNDERSTUDY_DEADLINE_S=1
    export UNDERSTUDY_TIMEOUT_MS UNDERSTUDY_DEADLINE_S
    refuses "ends on ${fault%%|*}" "tb_trio.*${fault#*|}" "${fault%%|*}" "$simulator"
    unset UNDERSTUDY_TIMEOUT_MS UNDERSTUDY_DEADLINE_S
  done
  fresh_directory refusals
  refuses "looks for a server as long as the plusarg says" \
    'tb_trio.*within 1 s, last good frame 8: no server' leave@9 "$simulator" \
    +understudy_deadline_s=1
  fresh_directory refusals
  printf 'v_sf\n0.5\n' >params.csv
  refuses "passes on what the server says of a parameter table" \
    'tb_trio.u_neurons (circuit lif_neuron): server: parameter table: header v_sf' none \
    "$simulator"
done
fresh_directory refusals
refuses "names an unknown input" \
  'tb_trio.u_neurons at .* ns: input weight of instance 3, element 0: x or z' none icarus +X
grep -q 'understudy: .*x or z' log
report "icarus shows the failure in its own output too" $?

cd "$here" || exit 2
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
