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

# COMMAND...: the instructions that it takes.
instructions() {
    valgrind --tool=callgrind --callgrind-out-file="$work/counted" "$@" >"$work/stdout" 2>"$work/stderr" ||
        { cat "$work/stderr" >&2; return 1; }
    sed -n 's/^summary: //p' "$work/counted"
}

# NAME NONE ONE TWO: instructions for no input, for some, for twice as much.
judge() {
    total=$((total + 1))
    awk -v name="$1" -v none="$2" -v one="$3" -v two="$4" -v most=$most 'BEGIN {
        ratio = (two - none) / (one - none)
        fails = ratio > most
        printf "%-22s %12d %12d %6.2f%s\n", name, one - none, two - none, ratio, fails ? "  FAIL" : ""
        exit fails }' || status=1
}

printf '%-22s %12s %12s %6s\n' kind n 2n ratio
"$BUILD/linear" >"$work/kinds"
while read -r kind size; do
    case " $* " in "  " | *" $kind "*) ;; *) continue ;; esac
    none=$(instructions "$BUILD/linear" "$kind" 0)
    one=$(instructions "$BUILD/linear" "$kind" "$size")
    two=$(instructions "$BUILD/linear" "$kind" $((2 * size)))
    judge "$kind" "$none" "$one" "$two"
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
        instructions "$BUILD/sipcause" classify --json "$work/$file.txt" >"$work/$file"
    done
    judge trace "$(cat "$work/none")" "$(cat "$work/one")" "$(cat "$work/two")"
    ;;
esac

if [ $status = 0 ]; then echo "$total kinds of input, none costs over $most times as much at twice its length"; fi
exit $status
