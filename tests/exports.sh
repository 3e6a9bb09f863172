#!/bin/sh
# The functions declared in the header, the names in the symbol map, the names the shared library
# exports and, where there is one, the Debian symbols file are the same list. The linker does not
# complain of a name in the map that no object defines.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${ABI:=0}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# Takes comments and preprocessor lines out of C, and prints it a statement a line.
statements() {
    sed -e 's|//.*||' "$1" | awk '
        { line = $0
          if (continued || line ~ /^[ \t]*#/) { continued = line ~ /\\$/; next }
          text = text " " line }
        END {
            while ((start = index(text, "/*")) > 0) {
                rest = substr(text, start + 2)
                stop = index(rest, "*/")
                text = substr(text, 1, start - 1) " " (stop ? substr(rest, stop + 2) : "")
            }
            gsub(/[;{}]/, "\n", text)
            print text
        }'
}

statements "$SRCDIR/include/sipcause.h" |
    sed -n 's/.*SIPCAUSE_API[^(]*[^a-zA-Z0-9_(]\(sipcause_[a-z0-9_]*\)[[:space:]]*(.*/\1/p' |
    sort >"$work/header"

statements "$SRCDIR/lib/sipcause.map" | tr ':' '\n' | tr -d ' \t' |
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
for symbols in "$SRCDIR"/debian/*.symbols; do
    [ -e "$symbols" ] || continue
    sed -n 's/^ \(sipcause_[a-z0-9_]*\)@.*/\1/p' "$symbols" | sort >"$work/debian"
    compare debian "${symbols##*/}"
done

if [ ! -s "$work/header" ]; then echo "sipcause.h declares no SIPCAUSE_API function"; status=1; fi
if [ $status = 0 ]; then
    echo "$(wc -l <"$work/header" | tr -d ' ') functions in header, map and library"
fi
exit $status
