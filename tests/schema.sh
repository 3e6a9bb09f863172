#!/bin/sh
# data/mapping.schema.json takes every mapping file that loads and flags those that do not, as far as
# a schema can see: schema.py. Needs python3 with yaml (and libyaml under it) and jsonschema, be it the one in PATH or Debian's.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}"
for python in python3 /usr/bin/python3; do
    # Where PATH has none at all, there is to be none.
    if command -v python3 >/dev/null 2>&1 && "$python" -c 'import jsonschema; from yaml import CSafeLoader' 2>/dev/null; then
        PYTHONDONTWRITEBYTECODE=1 exec "$python" "$SRCDIR/tests/schema.py" "$SRCDIR" "$BUILD/sipcause"
    fi
done
echo "python3 with yaml and jsonschema is not there: the schema is not tested"
exit 77
