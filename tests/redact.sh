#!/bin/sh
# What --redact makes of a text: tests/data/redact.txt, a line "text => what is shown of it" each, as the text of a
# Reason. Every line is a run of its own, so numbers begin at 1. "\0" and three octal digits stand for a byte, "\\" for
# a backslash; "#" begins a comment.

: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}"
export LC_ALL=C NO_COLOR=1
total=0 failed=0

while IFS= read -r line; do
    case $line in
    '' | '#'*) continue ;;
    *' => '*) ;;
    *) echo "no ' => ' in: $line"; failed=$((failed + 1)); continue ;;
    esac
    total=$((total + 1))
    wanted=${line#* => }
    text=$(printf '%b' "${line%% => *}" | sed 's/[\\"]/\\&/g')
    got=$("$BUILD/sipcause" reason --redact "SIP;text=\"$text\"" | sed -n '1s/^SIP  text "\(.*\)"$/\1/p')
    if [ "$got" != "$wanted" ]; then
        failed=$((failed + 1))
        printf 'text:   %s\nwanted: %s\ngot:    %s\n' "${line%% => *}" "$wanted" "$got"
    fi
done <"$SRCDIR/tests/data/redact.txt"

echo "$total texts redacted, $failed failed"
test $failed = 0
