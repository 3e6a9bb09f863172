#!/bin/sh
# RELEASING is a list of targets: each is one of the Makefile, and .ci/run runs those that need no release.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${MAKE:=make}"
cd "$SRCDIR"
status=0 count=0
named=$(sed -n 's/^- make \([a-z-]*\):.*/\1/p' RELEASING | tr '\n' ' ')
for target in $named; do
    count=$((count + 1))
    if ! grep -q "^$target:" Makefile; then
        echo "RELEASING: the Makefile has no target $target"
        status=1
    fi
    case $target in
    release-*) ;;
    *) grep -q -w -e "$target" .ci/run || { echo ".ci/run does not run $target"; status=1; } ;;
    esac
done
asked=$("$MAKE" -s release-list | tr '\n' ' ')
if [ "$asked" != "$named" ] || [ $count = 0 ]; then
    echo "make release-check runs $asked; RELEASING has $named"
    status=1
fi
if [ $status = 0 ]; then echo "$count targets"; fi
exit $status
