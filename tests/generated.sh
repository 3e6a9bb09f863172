#!/bin/sh
# What data/generate.py writes is what is committed, byte for byte. It writes its files under
# --output DIR with the paths they have in the source tree.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}"
if ! python3 -c '' 2>/dev/null; then
    echo "python3 is not there: generated files not compared"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

PYTHONDONTWRITEBYTECODE=1 python3 "$SRCDIR/data/generate.py" --output "$work"
(cd "$work" && find . -type f | sed 's|^\./||' | sort) >"$work.list"
trap 'rm -rf "$work" "$work.list"' EXIT

status=0 count=0
if [ ! -f "$work/lib/builtin.c" ]; then
    echo "data/generate.py --output DIR did not write DIR/lib/builtin.c"
    status=1
fi
while read -r file; do
    count=$((count + 1))
    if [ ! -f "$SRCDIR/$file" ]; then
        echo "$file is generated but not there: run make generate"
        status=1
    elif ! cmp -s "$SRCDIR/$file" "$work/$file"; then
        echo "$file is not what data/generate.py writes: run make generate"
        diff -u "$SRCDIR/$file" "$work/$file" | head -n 20
        status=1
    fi
done <"$work.list"

if [ $status = 0 ]; then echo "$count generated files are up to date"; fi
exit $status
