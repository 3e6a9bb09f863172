#!/bin/sh
# Measures everything, or the sections of the program bench that are named, and prints the table. Started by make bench.
#
#   bench/run.sh [SECTION...]
#
# The rows of each program stay in $BUILD/bench/rows; BENCH_JSON: a file for all of it as JSON. Where a program fails,
# the table has the rows of the others, and the exit status is 1.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=cc}" "${CFLAGS:=}"
export SRCDIR BUILD PYTHONDONTWRITEBYTECODE=1
rows=$BUILD/bench/rows corpus=$BUILD/bench/corpus
rm -rf "$rows" "$corpus"
mkdir -p "$rows"
status=0
command -v python3 >/dev/null || { echo 'make: bench needs python3' >&2; exit 1; }

python3 "$SRCDIR/bench/corpus.py" 1 16384 "$corpus"

# NAME COMMAND...: the rows of one program.
part() {
    name=$1
    shift
    if ! "$@" >"$rows/$name"; then
        echo "bench: failed: $*" >&2
        status=1
    fi
}

part 1-bench "$BUILD/bench/bench" "$corpus" "$@"
if [ $# = 0 ]; then
    part 2-allocations "$BUILD/bench/allocations" "$corpus"
    if command -v valgrind >/dev/null; then
        part 3-instructions "$SRCDIR/bench/instructions.sh" --rows
    else
        echo '{"row": "instructions: message", "without": "valgrind is not there"}' >"$rows/3-instructions"
    fi
    part 4-commands "$SRCDIR/bench/commands.sh"
fi
# CC may be several words.
# shellcheck disable=SC2086
cat "$rows"/* | python3 "$SRCDIR/bench/table.py" ${BENCH_JSON:+--json "$BENCH_JSON"} \
    --compiler "$($CC --version | head -n 1), $CFLAGS" ${1:+--some} || status=1
exit $status
