#!/bin/sh
# The Python package against the library in BUILD, not installed: python/tests with every CPython from 3.9 on that is in
# PATH, or in PYTHONS, the first of each minor version; what does not depend on the version is for python_once.sh. The
# memory tests have a library of their own that counts its allocations. Where there is mypy, the package is checked too.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=cc}" "${ABI:=0}"
: "${YAML_CFLAGS:=}" "${YAML_LIBS:=-lyaml}" "${PYTHONS:=}"
export SRCDIR BUILD CC PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$SRCDIR/python"
unset SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Prints what it is, when it is one that the package is for.
identity() {
    "$1" -c 'import ctypes, os, sys
if sys.version_info < (3, 9) or sys.implementation.name != "cpython": sys.exit(1)
print("%d.%d" % sys.version_info[:2], sys.version.split()[0], os.path.realpath(sys.executable))' 2>/dev/null
}
names="python3 $PYTHONS python3.9 python3.10 python3.11 python3.12 python3.13 python3.14"
# Where PATH has none at all, there is to be none.
if command -v python3 >/dev/null 2>&1; then names="$names /usr/bin/python3"; fi
for name in $names; do
    found=$(identity "$name") || continue
    grep -q "^${found%% *} " "$work/found" 2>/dev/null || echo "$found" >>"$work/found"
done
if [ ! -s "$work/found" ]; then
    echo "no CPython from 3.9 on is there: the Python package is not tested"
    exit 77
fi

if [ "$(uname -s)" = Darwin ]; then name=libsipcause.$ABI.dylib; else name=libsipcause.so.$ABI; fi
SIPCAUSE_LIBRARY=$BUILD/$name
export SIPCAUSE_LIBRARY
counting=$work/counting-$name
# Several words each.
# shellcheck disable=SC2086
$CC -shared -fPIC -std=c11 -O1 -DSIPCAUSE_TEST_MEMORY -I"$SRCDIR/include" $YAML_CFLAGS \
    -o "$counting" "$SRCDIR"/lib/*.c $YAML_LIBS

# PYTHON LOG: in the background; leaves LOG.failed when something did.
run() {
    python=$1 log=$2
    (
        cd "$SRCDIR/python/tests"
        "$python" -W error -m unittest test_abi test_buffers test_documentation test_threads test_values \
            test_calls.Calls >"$log" 2>&1 || touch "$log.failed"
        SIPCAUSE_LIBRARY=$counting "$python" -W error -m unittest test_memory >"$log.memory" 2>&1 ||
            touch "$log.memory.failed"
    ) &
}

number=0 versions=''
while read -r _ version python; do
    number=$((number + 1)) versions="$versions $version"
    run "$python" "$work/log$number-$version"
    if [ $((number % 2)) = 0 ]; then wait; fi
done <"$work/found"
wait

status=0
for log in "$work"/log*; do
    case $log in *.failed) continue ;; esac
    sed -n 's/^Ran \([0-9]*\) tests.*/\1/p' "$log" >>"$work/counts"
    if [ -e "$log.failed" ]; then
        echo "Python ${log##*/log*-}:"
        cat "$log"
        status=1
    fi
done
if command -v mypy >/dev/null && mypy --version >/dev/null 2>&1; then
    mypy --strict --python-version 3.9 --no-site-packages --cache-dir "$work/mypy" "$SRCDIR/python/sipcause" \
        >"$work/types" || {
        cat "$work/types"
        status=1
    }
fi
if [ $status = 0 ]; then
    echo "$(awk '{ sum += $1 } END { print sum }' "$work/counts") tests with Python$versions"
fi
exit $status
