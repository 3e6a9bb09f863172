#!/bin/sh
# LIBRARY VERSION FILE: adds to a Debian symbols file what the library exports and the file does not have, as of this
# version, and takes out what the library no longer exports.

set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

nm -D --defined-only "$1" | sed -n 's/.* \([A-Za-z0-9_.]*\)@@*\([A-Za-z0-9_.]*\)$/\1@\2/p; s/.* A \([A-Za-z0-9_.]*\)$/\1@\1/p' |
    sort -u >"$work/exported"
{
    grep -v '^ ' "$3"
    while read -r symbol; do
        since=$(sed -n "s/^ $symbol \\(.*\\)/\\1/p" "$3")
        echo " $symbol ${since:-$2}"
    done <"$work/exported"
} >"$work/symbols"
cmp -s "$work/symbols" "$3" || cp "$work/symbols" "$3"
echo "$3: $(grep -c '^ ' "$3") symbols"
