#!/bin/sh
# The library and the command of the Debian packages: what linked.sh holds of the library, and the hardening that
# dpkg-buildflags asks for.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/../.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${ABI:=0}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
status=0
wrong() {
    echo "$*"
    status=1
}

for package in "$BUILD"/deb/libsipcause"${ABI}"_*.deb "$BUILD"/deb/sipcause_*.deb; do
    dpkg-deb -x "$package" "$work"
done
library=$(echo "$work"/usr/lib/*/libsipcause.so."$ABI") command=$work/usr/bin/sipcause
"$SRCDIR/tests/linked.sh" "$library" || wrong "the library of the package is not linked as it must be"

for file in "$library" "$command"; do
    readelf -lW "$file" | grep -q GNU_RELRO || wrong "${file##*/}: relocations stay writable"
    readelf -d "$file" | grep -q -E 'BIND_NOW|Flags:.* NOW' || wrong "${file##*/}: symbols are bound lazily"
    readelf -lW "$file" | awk '$1 == "GNU_STACK" { print $7 }' | grep -q -x RW || wrong "${file##*/}: the stack is executable"
    nm -D --undefined-only "$file" | grep -q -w __stack_chk_fail || wrong "${file##*/}: the stack is not protected"
    nm -D --undefined-only "$file" | grep -q '_chk@' || wrong "${file##*/}: nothing of the C library is fortified"
done
readelf -hW "$command" | grep -q 'Type: *DYN' || wrong "the command is not position independent"
readelf -d "$command" | grep -q "NEEDED.*libsipcause.so.$ABI" || wrong "the command carries a library of its own"

if [ $status = 0 ]; then echo "read-only relocations, bound at start, stack protected, fortified, position independent"; fi
exit $status
