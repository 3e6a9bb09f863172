#!/bin/sh
# What is to be released is committed, and has no tag yet.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/../.." && pwd)}" "${VERSION:?}"
cd "$SRCDIR"
left=$(git status --porcelain)
if [ -n "$left" ]; then
    echo "not committed:"
    echo "$left"
    exit 1
fi
if [ -n "$(git tag --list "v$VERSION")" ]; then
    echo "there is a tag v$VERSION: raise the version in sipcause.h"
    exit 1
fi
echo "$(git rev-parse --short HEAD), to be v$VERSION"
