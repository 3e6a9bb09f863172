#!/bin/sh
# What of the Python package's tests does not depend on the version of Python: the same values as the command, how the
# library is found, the example, the wheel and the source archive.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=cc}" "${ABI:=0}"
export SRCDIR BUILD CC PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$SRCDIR/python"
if ! python3 -c 'import ctypes, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
    echo "no Python from 3.9 on is there: wheel and example are not tested"
    exit 77
fi
if [ "$(uname -s)" = Darwin ]; then name=libsipcause.$ABI.dylib; else name=libsipcause.so.$ABI; fi
SIPCAUSE_LIBRARY=$BUILD/$name
export SIPCAUSE_LIBRARY
unset SOURCE_DATE_EPOCH
log=$(mktemp)
trap 'rm -f "$log"' EXIT

cd "$SRCDIR/python/tests"
if ! python3 -W error -m unittest test_calls.SameAsTheCommand test_example test_library test_wheel >"$log" 2>&1; then
    cat "$log"
    exit 1
fi
sed -n 's/^Ran \([0-9]*\) tests.*/\1 tests of wheel, example, finding the library, and the values of the command/p' "$log"
