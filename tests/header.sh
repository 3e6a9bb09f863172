#!/bin/sh
# The public header alone: clean as pedantic C11 and as pedantic C++11, with every compiler at
# hand, and including nothing but the three headers it promises.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0 seen=''

others=$(sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*//p' "$SRCDIR/include/sipcause.h" |
    grep -v -E '^<(stddef|stdint|stdbool)\.h>' || :)
if [ -n "$others" ]; then
    echo "sipcause.h includes more than stddef.h, stdint.h and stdbool.h: $others"
    status=1
fi

# Twice: the include guard is part of the promise.
printf '#include <sipcause.h>\n#include <sipcause.h>\nint main(void) { return 0; }\n' >"$work/c.c"
printf '#include <sipcause.h>\n#include <sipcause.h>\nint main() { return 0; }\n' >"$work/cc.cc"

# COMPILER FLAGS... FILE: an absent compiler is passed over.
try() {
    command -v "$1" >/dev/null 2>&1 || return 0
    seen="$seen $1"
    if ! "$@" -I"$SRCDIR/include" -pedantic -Wall -Wextra -Wshadow -Wconversion -Werror -fsyntax-only; then
        echo "sipcause.h does not compile: $*"
        status=1
    fi
}

for cc in gcc clang; do
    try $cc -std=c11 -Wstrict-prototypes -Wmissing-prototypes "$work/c.c"
done
for cxx in g++ clang++; do
    try $cxx -std=c++11 "$work/cc.cc"
done
if [ -z "$seen" ]; then
    try cc -std=c11 "$work/c.c"
fi
if [ -z "$seen" ]; then
    echo "no compiler found"
    status=1
fi

if [ $status = 0 ]; then echo "sipcause.h alone:$seen"; fi
exit $status
