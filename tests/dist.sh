#!/bin/sh
# The source archive is the same, byte for byte, from two clones in two places, made by people with other habits, and
# carries what a build needs. Needs git, autoconf and a checkout.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${MAKE:=make}"
for tool in git autoconf; do
    if ! command -v $tool >/dev/null 2>&1; then
        echo "$tool is not there: the source archive is not tested"
        exit 77
    fi
done
if [ ! -e "$SRCDIR/.git" ] || ! git -C "$SRCDIR" rev-parse -q --verify HEAD >/dev/null 2>&1; then
    echo "this is no checkout: the source archive is not tested"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# FOLDER: the archive of a clone there.
archive() {
    git clone -q "$SRCDIR" "$1" 2>"$work/log" || { cat "$work/log"; exit 1; }
    "$MAKE" -s -C "$1" dist >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    (cd "$1" && git status --porcelain) >"$work/left"
    [ ! -s "$work/left" ] || { echo "make dist leaves files:"; cat "$work/left"; exit 1; }
}
umask 022
TZ=UTC archive "$work/one"
sleep 1 # another second
umask 077
mkdir -p "$work/another place"
TZ=Asia/Tokyo LC_ALL=C archive "$work/another place/two"

name=$(cd "$work/one/build" && ls ./*.tar.gz)
cmp "$work/one/build/$name" "$work/another place/two/build/$name"

tar -tzf "$work/one/build/$name" | sed 's|^[^/]*/||' >"$work/files"
for file in configure Makefile bootstrap include/sipcause.h lib/builtin.c man/sipcause.1; do
    grep -q -x "$file" "$work/files" || { echo "not in the archive: $file"; exit 1; }
done
owners=$(tar --numeric-owner -tvzf "$work/one/build/$name" | awk '{ print $2 }' | sort -u)
case $owners in
0/0) ;;
*) echo "the archive's files are owned by: $owners"; exit 1 ;;
esac

echo "$(wc -l <"$work/files" | tr -d ' ') files, the same bytes twice"
