#!/bin/sh
# What the shared library asks of the system, and what it would show an attacker: it needs the C library and libyaml,
# every symbol has a version, no stack is executable, no code is written to when it is loaded. LIBRARY or
# build/libsipcause.so.0. Needs readelf.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${ABI:=0}"
library=${1:-$BUILD/libsipcause.so.$ABI}
if [ "$(uname -s)" != Linux ] || ! command -v readelf >/dev/null 2>&1; then
    echo "readelf is not there, or this is not Linux: what the library is linked with is not tested"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
status=0
wrong() {
    echo "$*"
    status=1
}

needed=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' | grep -v '^ld-linux' | sort | tr '\n' ' ')
case $needed in
'libc.so.6 libyaml-0.so.2 ' | 'libc.musl-'*' libyaml-0.so.2 ') ;;
*) wrong "needs other libraries than libc and libyaml: $needed" ;;
esac

soname=$(readelf -d "$library" | sed -n 's/.*(SONAME).*\[\(.*\)\].*/\1/p')
[ "$soname" = "libsipcause.so.$ABI" ] || wrong "the soname is $soname"
if readelf -d "$library" | grep -q -E '\((RPATH|RUNPATH|TEXTREL)\)|TEXTREL'; then
    wrong "has text relocations, or a path to search libraries in"
fi

# The version node itself is an absolute symbol.
nm -D --defined-only "$library" | awk '$2 != "A" { print $NF }' >"$work/symbols"
bare=$(grep -v '@@SIPCAUSE_[0-9.]*$' "$work/symbols" | tr '\n' ' ' || :)
[ -z "$bare" ] || wrong "symbols without a version: $bare"
[ -s "$work/symbols" ] || wrong "exports nothing"
ours=$(grep -v '^sipcause_' "$work/symbols" | tr '\n' ' ' || :)
[ -z "$ours" ] || wrong "exports what is not ours: $ours"

stack=$(readelf -lW "$library" | awk '$1 == "GNU_STACK" { print $7 }')
[ "$stack" = RW ] || wrong "the stack is $stack, it must be RW"
writable=$(readelf -lW "$library" | awk '$1 == "LOAD" && /RWE/')
[ -z "$writable" ] || wrong "a segment is written and executed: $writable"

if [ $status = 0 ]; then
    echo "$(wc -l <"$work/symbols" | tr -d ' ') symbols with versions, needs ${needed% }"
fi
exit $status
