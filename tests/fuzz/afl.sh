#!/bin/sh
# Runs a fuzz target under AFL++ for FUZZ_SECONDS, from its corpus, started by make fuzz-afl:
#
#   afl.sh TARGET
#
# What AFL++ found stays in BUILD/found-TARGET, and so do the inputs that failed, as BUILD/TARGET-crash-... and
# BUILD/TARGET-hang-...; the program takes the name of one as an argument to run it alone.

set -eu
target=$1
: "${SRCDIR:?}" "${BUILD:?}" "${FUZZ_SECONDS:=60}"
found=$BUILD/found-$target dictionary=$SRCDIR/tests/fuzz/$target.dict log=$BUILD/fuzz-$target.log
rm -rf "$found"

# In a container nobody may say where cores go, how fast a processor runs, or on which one a program does.
export AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1
export AFL_FAST_CAL=1 # the corpora are known: measuring them takes longer than trying what comes of them
export ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0 UBSAN_OPTIONS=abort_on_error=1:symbolize=0

set -- -i "$SRCDIR/tests/fuzz/corpus/$target" -o "$found" -V "$FUZZ_SECONDS" -t 10000 -m none -G 4096
if [ -f "$dictionary" ]; then set -- "$@" -x "$dictionary"; fi
if ! afl-fuzz "$@" "$BUILD/fuzz-$target" >"$log" 2>&1; then
    tail -n 40 "$log"
    exit 1
fi

failed=0
for input in "$found"/default/crashes/id* "$found"/default/hangs/id*; do
    [ -f "$input" ] || continue
    failed=$((failed + 1))
    case $input in
    */crashes/*) kept=$BUILD/$target-crash-$failed ;;
    *) kept=$BUILD/$target-hang-$failed ;;
    esac
    cp "$input" "$kept"
    echo "$kept"
done
# Of the corpus itself AFL++ only passes over what fails.
if grep -a 'results in a ' "$log"; then failed=$((failed + 1)); fi
stats=$found/default/fuzzer_stats
number() { sed -n "s/^$1 *: *//p" "$stats"; }
echo "$(number execs_done) runs in $FUZZ_SECONDS seconds, $(number bitmap_cvg) of the edges, $failed failures"
test "$failed" = 0 && test "$(number execs_done)" -gt 0
