#!/bin/sh
# What a release says of itself is the same everywhere.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/../.." && pwd)}" "${ABI:=0}"
cd "$SRCDIR"
status=0
wrong() {
    echo "$*"
    status=1
}
version=$(sed -n 's/^#define SIPCAUSE_VERSION_[MP][A-Z]* //p' include/sipcause.h | paste -s -d . -)

# The first entry of the ChangeLog, and what it is headed by.
head=$(head -n 1 ChangeLog)
day=$(echo "$head" | sed -n "s/^libsipcause $version, \([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\)$/\1/p")
[ -n "$day" ] || wrong "ChangeLog begins with \"$head\", not with libsipcause $version and a day"
awk 'NR > 1 && /^libsipcause / { exit } { print }' ChangeLog | grep -q '^  ABI$' || wrong "ChangeLog says nothing of the ABI of $version"

debian=$(sed -n '1s/^libsipcause (\(.*\)-[^-]*) .*/\1/p' debian/changelog)
[ "$debian" = "$version" ] || wrong "debian/changelog is of $debian, sipcause.h of $version"
saved=$(sed -n 's/^version //p' abi/interface.txt)
[ "$saved" = "$version" ] || wrong "abi/interface.txt is of $saved: make abi-save"

# Functions of a version to come have no place in this one.
sed -n 's/^ .* //p' "debian/libsipcause$ABI.symbols" | sort -u | while read -r since; do
    [ "$(printf '%s\n' "$since" "$version" | sort -V | tail -n 1)" = "$version" ] || echo "$since"
done >"${TMPDIR:-/tmp}/release-text.$$"
later=$(cat "${TMPDIR:-/tmp}/release-text.$$")
rm -f "${TMPDIR:-/tmp}/release-text.$$"
[ -z "$later" ] || wrong "debian/libsipcause$ABI.symbols has functions of $later"

if [ $status = 0 ]; then echo "$version, $day"; fi
exit $status
