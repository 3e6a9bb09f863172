#!/bin/sh
# Every input in the fuzz targets' corpus folders, once. The programs are built with the tests; libFuzzer is not
# needed. WRAPPER goes before them (valgrind).

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${FUZZ_TARGETS:=load reason message isup notice survey trace trunk agree}"
status=0 summary=''

for target in $FUZZ_TARGETS; do
    program=$BUILD/fuzz-replay-$target folder=$SRCDIR/tests/fuzz/corpus/$target
    # A wrapper is several words, or none.
    # shellcheck disable=SC2086
    if count=$(${WRAPPER:-} "$program" "$folder" 2>/dev/null); then
        summary="$summary${summary:+, }$target: $count"
        continue
    fi
    # It ended somewhere: each file by itself, to tell which.
    status=1
    echo "$target fails"
    for input in "$folder"/*; do
        # shellcheck disable=SC2086
        ${WRAPPER:-} "$program" "$input" >"$BUILD/fuzz-replay.log" 2>&1 && continue
        echo "$input:"
        cat "$BUILD/fuzz-replay.log"
    done
done

if [ $status = 0 ]; then echo "$summary"; fi
exit $status
