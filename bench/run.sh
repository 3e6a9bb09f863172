#!/bin/sh
# Measures everything, or the sections of the program bench that are named, and prints the table. Started by make bench.
#
#   bench/run.sh [SECTION...]
#
# The rows of each program stay in $BUILD/bench/rows; BENCH_JSON: a file for all of it as JSON.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=cc}" "${CFLAGS:=}"
export SRCDIR BUILD PYTHONDONTWRITEBYTECODE=1
rows=$BUILD/bench/rows corpus=$BUILD/bench/corpus
rm -rf "$rows" "$corpus"
mkdir -p "$rows"
command -v python3 >/dev/null || { echo 'make: bench needs python3' >&2; exit 1; }

python3 "$SRCDIR/bench/corpus.py" 1 16384 "$corpus"
"$BUILD/bench/bench" "$corpus" "$@" >"$rows/1-bench"
if [ $# = 0 ]; then
    "$BUILD/bench/allocations" "$corpus" >"$rows/2-allocations"
    if command -v valgrind >/dev/null; then
        "$SRCDIR/bench/instructions.sh" --rows >"$rows/3-instructions"
    else
        echo '{"row": "instructions: message", "without": "valgrind is not there"}' >"$rows/3-instructions"
    fi
    if [ -f "$SRCDIR/bench/commands.sh" ]; then "$SRCDIR/bench/commands.sh" "$corpus" >"$rows/4-commands"; fi
fi
# CC may be several words.
# shellcheck disable=SC2086
cat "$rows"/* | python3 "$SRCDIR/bench/table.py" ${BENCH_JSON:+--json "$BENCH_JSON"} \
    --compiler "$($CC --version | head -n 1), $CFLAGS" ${1:+--some}
