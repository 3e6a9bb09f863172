#!/bin/sh
# The instructions that a message, a Reason value and a lookup take, counted by callgrind.
#
#   bench/instructions.sh            holds them against bench/instructions.csv: a rise of over 3 % fails
#   bench/instructions.sh --update   writes that file
#   bench/instructions.sh --rows     prints them as rows for table.py
#
# What starting and ending cost is taken off: the work is done once and three times. Started by make bench-instructions,
# which builds with gcc -O2; the figures are those of one compiler and C library, and compared with no other's.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=gcc}"
command -v valgrind >/dev/null || { echo 'instructions.sh: valgrind is not there' >&2; exit 77; }
kept=$SRCDIR/bench/instructions.csv
most=3 # percent
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# KIND PASSES: the instructions that the whole program takes.
instructions() {
    valgrind --tool=callgrind --callgrind-out-file="$work/counted" \
        "$BUILD/bench/bench" --count "$1" "$2" "$work/corpus" >"$work/units" 2>"$work/stderr" ||
        { cat "$work/stderr" >&2; return 1; }
    sed -n 's/^summary: //p' "$work/counted"
}

PYTHONDONTWRITEBYTECODE=1 python3 "$SRCDIR/bench/corpus.py" 1 1024 "$work/corpus"
for kind in 'message' 'Reason value' 'lookup'; do
    once=$(instructions "$kind" 1)
    thrice=$(instructions "$kind" 3)
    awk -v kind="$kind" -v more=$((thrice - once)) -v units="$(cat "$work/units")" \
        'BEGIN { printf "%s,%.1f\n", kind, more / (2 * units) }'
done >"$work/now"

# CC may be several words.
# shellcheck disable=SC2086
with="$($CC --version | head -n 1), glibc $(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d ' ' -f 2)"
case ${1:-} in
--rows)
    sed 's/\(.*\),\(.*\)/{"row": "instructions: \1", "value": \2, "unit": "instructions"}/' "$work/now"
    exit 0 ;;
--update)
    { echo "# Instructions by callgrind, gcc -O2: make bench-instructions UPDATE=1 writes this file."
        echo "# $with"
        echo "what,instructions"
        cat "$work/now"; } >"$kept"
    cat "$work/now"
    exit 0 ;;
esac

if [ "$(sed -n '2s/^# //p' "$kept")" != "$with" ]; then
    cat "$work/now"
    echo "not compared: counted with $with, kept with $(sed -n '2s/^# //p' "$kept")"
    exit 77
fi
target=$(sed -n 's/^"instructions: message",at most,//p' "$SRCDIR/bench/targets.csv")
awk -F, -v most=$most -v target="$target" '
    NR == FNR { if (!/^#/ && $1 != "what") kept[$1] = $2; next }
    {
        change = 100 * ($2 / kept[$1] - 1)
        said = change > most ? "  FAIL: it rose" : change < -most ? "  it fell: make bench-instructions UPDATE=1" : ""
        if (change > most) status = 1
        if ($1 == "message") said = sprintf("  at most %d %s%s", target, $2 <= target ? "ok" : "miss", said)
        printf "%-14s %9.1f, kept %9.1f (%+.1f %%)%s\n", $1, $2, kept[$1], change, said
    }
    END { exit status }' "$kept" "$work/now"
