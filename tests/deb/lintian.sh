#!/bin/sh
# What lintian says of the Debian packages: no error, no warning. What it remarks besides is printed.

set -eu
: "${BUILD:=build}"
changes=$(ls "$BUILD"/deb/*.changes)
# It will not be run by root without being told that this is meant.
lintian --allow-root --profile debian --display-info --pedantic "$changes" >"$BUILD/deb/lintian.txt" 2>&1 || :
cat "$BUILD/deb/lintian.txt"
if grep -q '^[EW]:' "$BUILD/deb/lintian.txt"; then exit 1; fi
if grep -v -q '^[IPN]:' "$BUILD/deb/lintian.txt"; then exit 1; fi
echo "no error, no warning, $(grep -c '^[IP]:' "$BUILD/deb/lintian.txt" || :) remarks"
