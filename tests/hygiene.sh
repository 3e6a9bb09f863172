#!/bin/sh
# Nothing that a terminal would obey reaches standard output or standard error, whatever a trace, a mapping file or the
# command line holds, and every line of JSON is one: hygiene.py. Needs python3.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}"
if ! python3 -c '' 2>/dev/null; then
    echo "python3 is not there: the output is not tested for control characters"
    exit 77
fi
PYTHONDONTWRITEBYTECODE=1 exec python3 "$SRCDIR/tests/hygiene.py" "$BUILD/sipcause"
