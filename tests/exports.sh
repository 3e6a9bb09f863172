#!/bin/sh
# The functions declared in the header, the names in the symbol map, the names the shared library
# exports and Debian's symbols file are the same list. The linker does not
# complain of a name in the map that no object defines.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${ABI:=0}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# Of C: a statement a line.
statements() {
    awk -f "$SRCDIR/abi/statements.awk" "$1"
}

statements "$SRCDIR/include/sipcause.h" |
    sed -n 's/.*SIPCAUSE_API[^(]*[^a-zA-Z0-9_(]\(sipcause_[a-z0-9_]*\)[[:space:]]*(.*/\1/p' |
    sort >"$work/header"

statements "$SRCDIR/lib/sipcause.map" | tr ':' '\n' | tr -d ' \t;' |
    grep -E '^sipcause_[a-z0-9_]+$' | sort >"$work/map" || :

if [ "$(uname -s)" = Darwin ]; then
    nm -gU "$BUILD/libsipcause.$ABI.dylib" | awk '{ sub(/^_/, "", $NF); print $NF }' |
        sort >"$work/library"
else
    # The version node itself is listed too, as an absolute symbol.
    nm -D --defined-only "$BUILD/libsipcause.so.$ABI" |
        awk '$2 != "A" { sub(/@.*/, "", $NF); print $NF }' | sort >"$work/library"
fi

status=0
# LIST LABEL: what this list has more or less than the header.
compare() {
    twice=$(uniq -d "$work/$1" | tr '\n' ' ')
    more=$(comm -13 "$work/header" "$work/$1" | tr '\n' ' ')
    less=$(comm -23 "$work/header" "$work/$1" | tr '\n' ' ')
    if [ -n "$twice" ]; then echo "twice in $2: $twice"; status=1; fi
    if [ -n "$more" ]; then echo "in $2, not in sipcause.h: $more"; status=1; fi
    if [ -n "$less" ]; then echo "in sipcause.h, not in $2: $less"; status=1; fi
}

compare header "sipcause.h"
compare map "sipcause.map"
compare library "the shared library"
# Of Debian's file the version nodes count as well: a program that needs a symbol depends on them.
symbols=$SRCDIR/debian/libsipcause$ABI.symbols
also=''
if [ -e "$symbols" ]; then
    also=', and in Debian'\''s symbols'
    sed -n 's/^ \(sipcause_[a-z0-9_]*\)@.*/\1/p' "$symbols" | sort >"$work/debian"
    compare debian "${symbols##*/} (make symbols)"
    head -n 1 "$symbols" | grep -q "^libsipcause\.so\.$ABI libsipcause$ABI " || {
        echo "${symbols##*/} is not of libsipcause.so.$ABI"
        status=1
    }
    if [ "$(uname -s)" != Darwin ]; then
        nm -D --defined-only "$BUILD/libsipcause.so.$ABI" |
            awk '$2 != "A" { sub(/@@/, "@", $NF); print $NF } $2 == "A" { print $NF "@" $NF }' | sort >"$work/nodes"
        sed -n 's/^ \([^ ]*\) .*/\1/p' "$symbols" | sort >"$work/debian-nodes"
        diff "$work/nodes" "$work/debian-nodes" || {
            echo "the library (<) and ${symbols##*/} (>) have other version nodes"
            status=1
        }
    fi
fi

if [ ! -s "$work/header" ]; then echo "sipcause.h declares no SIPCAUSE_API function"; status=1; fi
if [ $status = 0 ]; then
    echo "$(wc -l <"$work/header" | tr -d ' ') functions in header, map and library$also"
fi
exit $status
