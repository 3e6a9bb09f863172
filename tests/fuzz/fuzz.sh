#!/bin/sh
# Runs a fuzz target for FUZZ_SECONDS on a copy of its corpus, started by make fuzz:
#
#   fuzz.sh TARGET
#
# The copy stays in BUILD and grows from run to run. An input that fails stays there too; the program
# takes its name as an argument to run it alone.

set -eu
target=$1
: "${SRCDIR:?}" "${BUILD:?}" "${FUZZ_SECONDS:=60}"
corpus=$BUILD/corpus-$target dictionary=$SRCDIR/tests/fuzz/$target.dict
log=$BUILD/fuzz-$target.log
mkdir -p "$corpus"
cp "$SRCDIR/tests/fuzz/corpus/$target"/* "$corpus"/

set -- -max_total_time="$FUZZ_SECONDS" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix="$BUILD/$target-"
if [ -f "$dictionary" ]; then set -- "$@" -dict="$dictionary"; fi

if ! UBSAN_OPTIONS=print_stacktrace=1 "$BUILD/fuzz-$target" "$@" "$corpus" >"$log" 2>&1; then
    tail -n 80 "$log"
    exit 1
fi
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
features=$(sed -n 's/.* ft: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
echo "${runs:-0} runs in $FUZZ_SECONDS seconds, $features features, no failure"
test "${runs:-0}" -gt 0
