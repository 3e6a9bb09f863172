#!/bin/sh
# The library's Reason reader against a second one, made of regular expressions after the ABNF.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}"
if ! python3 -c '' 2>/dev/null; then
    echo "python3 is not there: Reason reader not compared"
    exit 77
fi
library=$BUILD/libsipcause.so
if [ ! -e "$library" ]; then library=$BUILD/libsipcause.dylib; fi
PYTHONDONTWRITEBYTECODE=1 python3 "$SRCDIR/tests/reference/reason.py" "$library" 30000 1
