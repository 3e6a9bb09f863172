#!/bin/sh
# Rows of the table: the command on a long trace beside wc, grep and tshark, and the Python package beside re.
#
#   BUILD=build SRCDIR=. bench/commands.sh
#
# BENCH_BYTES: the length of the trace, 1,000,000,000; it lies in TMPDIR as long as this runs, with a quarter more.
# BENCH_ROUNDS: how many rounds there are, in place of those that the figures need.
# BENCH_TSHARK: the program, tshark.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${BENCH_BYTES:=1000000000}"
: "${ABI:=0}"
BUILD=$(cd "$BUILD" && pwd)
export PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# NAME BYTES ARGUMENT...: a trace and its truth.
trace() {
    name=$1 bytes=$2
    shift 2
    python3 "$SRCDIR/bench/traffic.py" 1 "$bytes" --truth "$work/$name.json" "$@" >"$work/$name"
}
trace long "$BENCH_BYTES"
# From 65,536 calls on the command remembers no more of those that ended.
trace short $((BENCH_BYTES / 4))
trace packets $((BENCH_BYTES / 50)) --form pcap
python3 "$SRCDIR/bench/commands.py" "$BUILD/sipcause" "$SRCDIR/examples/acme.yaml" "$work"
if [ "$(uname -s)" = Darwin ]; then library=libsipcause.$ABI.dylib; else library=libsipcause.so.$ABI; fi
SIPCAUSE_LIBRARY=$BUILD/$library
export SIPCAUSE_LIBRARY PYTHONPATH="$SRCDIR/python"
python3 "$SRCDIR/bench/calls.py" "$SRCDIR/examples/acme.yaml"
