#!/bin/sh
# Whether hostile input costs time in proportion to its length: instructions are counted, not seconds, so that the
# answer is the same on any machine. Started by make check-linear; needs valgrind.
#
#   linear.sh [KIND...]
#
# Each kind of input that the program build/linear knows is read at its size and at twice that; what reading none of it
# costs is taken off both. A trace goes through the command in the same way. The ratio of the two must not be above 2.2.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/../.." && pwd)}" "${BUILD:=$SRCDIR/build}"
command -v valgrind >/dev/null || { echo "valgrind is not there: instructions not counted"; exit 77; }
most=2.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0 total=0

# NAME COMMAND...: the instructions that it takes, into the file NAME.
count() {
    counted=$work/$1
    shift
    # Callgrind counts the same and takes more than twice as long.
    if valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file="$counted.out" "$@" >/dev/null 2>"$counted.err"; then
        sed -n 's/^summary: //p' "$counted.out" >"$counted"
    else
        cat "$counted.err"
    fi
}

# NAME: waits for the counts of no input, of some, of twice as much, and judges them.
judge() {
    wait
    total=$((total + 1))
    if [ ! -s "$work/none" ] || [ ! -s "$work/one" ] || [ ! -s "$work/two" ]; then
        echo "$1: not counted"
        status=1
        return 0
    fi
    awk -v name="$1" -v none="$(cat "$work/none")" -v one="$(cat "$work/one")" -v two="$(cat "$work/two")" \
        -v most=$most 'BEGIN {
        ratio = (two - none) / (one - none)
        fails = ratio > most
        printf "%-22s %12d %12d %6.2f%s\n", name, one - none, two - none, ratio, fails ? "  FAIL" : ""
        exit fails }' || status=1
    rm "$work/none" "$work/one" "$work/two" # so that none is taken for the next one's
}

printf '%-22s %12s %12s %6s\n' kind n 2n ratio
"$BUILD/linear" >"$work/kinds"
while read -r kind size; do
    case " $* " in "  " | *" $kind "*) ;; *) continue ;; esac
    count none "$BUILD/linear" "$kind" 0 &
    count one "$BUILD/linear" "$kind" "$size" &
    count two "$BUILD/linear" "$kind" $((2 * size)) &
    judge "$kind"
done <"$work/kinds"

# N FILE: the example trace, many times, each time as other calls.
trace() {
    i=0
    while [ $i -lt "$1" ]; do
        sed "s/^Call-ID: /&$i-/" "$SRCDIR/examples/trace.txt"
        i=$((i + 1))
    done >"$2"
}

case " $* " in
"  " | *" trace "*)
    size=$(wc -c <"$SRCDIR/examples/trace.txt")
    copies=$((1000000 / size + 1))
    trace $copies "$work/one.txt"
    trace $((2 * copies)) "$work/two.txt"
    : >"$work/none.txt"
    for file in none one two; do
        count $file "$BUILD/sipcause" classify --json "$work/$file.txt" &
    done
    judge trace
    ;;
esac

if [ $status = 0 ]; then echo "$total kinds of input, none costs over $most times as much at twice its length"; fi
exit $status
