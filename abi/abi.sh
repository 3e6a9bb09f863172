#!/bin/sh
# The interface that programs were linked against, and whether the library still has it.
#
#   abi.sh write LIBRARY HEADER FOLDER      describes the library: FOLDER/libsipcause.abi and FOLDER/interface.txt
#   abi.sh compare FOLDER LIBRARY HEADER    the library against what FOLDER describes; 1: programs would break
#   abi.sh save FOLDER LIBRARY HEADER       makes the library what FOLDER describes, when a new release may
#
# LIBRARY has debugging information of DWARF. libsipcause.abi is abidw's: functions, and the structs they take and
# give. interface.txt is what no library shows or abidiff holds to be harmless: a line for each prototype, enumerator
# and macro of the header.
#
# Additions pass: a function, a struct, an enumerator, a macro; a member at the end of a struct that the library hands
# out, which begins with its size; a member in the reserved room of any struct. Everything else fails.
#
# VERSION is the header's version, CC the compiler. Exit status 77: there is no abidw or no abidiff, or numbers are
# not of the sizes that the description is of.

set -eu
: "${CC:=cc}" "${VERSION:=}"
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

refuse() {
    echo "abi: $*" >&2
    exit 1
}

usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

# A description of 64 bits is the same on every such machine.
needs_tools() {
    for tool in abidw abidiff; do
        if ! command -v $tool >/dev/null 2>&1; then
            echo "abi: $tool is not there (Debian and Ubuntu: apt-get install abigail-tools)"
            exit 77
        fi
    done
    if [ "$(getconf LONG_BIT)" != 64 ]; then
        echo "abi: the description is of a machine whose long and pointers have 64 bits"
        exit 77
    fi
}

# HEADER: what it says.
statements() {
    awk -f "$here/statements.awk" "$1"
}

# Statements: "function TYPE NAME(TYPE, ...)" for those of the library, "inline ..." for those of the header. The names
# of parameters are nobody's concern.
prototypes() {
    sed -n -e 's/^.*SIPCAUSE_API \([^;]*)\);$/function \1/p' \
        -e 's/^static inline \(.*)\) *{.*/inline \1/p' |
        awk '{ open = index($0, "("); list = substr($0, open + 1); sub(/\)[^)]*$/, "", list)
               count = split(list, parameters, / *, */); line = substr($0, 1, open)
               for (at = 1; at <= count; at++) {
                   type = parameters[at]
                   if (type ~ /[ *][a-z_0-9]+(\[[^]]*\])*$/ && type !~ /^(const )?(struct |unsigned )?[a-z_0-9]+$/)
                       sub(/[a-z_0-9]+(\[[^]]*\])*$/, type ~ /\]$/ ? "*" : "", type)
                   sub(/ +$/, "", type)
                   line = line (at > 1 ? ", " : "") type
               }
               print line ")" }'
}

# HEADER: "macro NAME" for every macro that is no number.
macros() {
    sed -n 's/^#[[:space:]]*define[[:space:]]*\([A-Za-z0-9_]*\)\(.*\)/\1 \2/p' "$1" | awk '
        $1 !~ /^SIPCAUSE_(VERSION_(MAJOR|MINOR|PATCH)|H)$/ { print (NF > 1 && $0 !~ /^[^ ]+ \(/ ? "value " : "macro ") $1 }' |
        sort -u
}

# HEADER: "constant NAME VALUE" for every enumerator and every macro that is a number.
constants() {
    statements "$1" | tr '\n' ' ' | grep -o 'enum sipcause_[a-z0-9_]* {[^}]*}' | sed 's/^[^{]*{//' | tr ',' '\n' |
        sed -n 's/^ *\(SIPCAUSE_[A-Z0-9_]*\).*/\1/p' >"$work/names"
    macros "$1" | sed -n 's/^value \(SIPCAUSE_[A-Z0-9_]*\)$/\1/p' | grep -v -x SIPCAUSE_API >>"$work/names" || :
    {
        echo '#include <inttypes.h>'
        echo '#include <stdio.h>'
        echo '#include "header.h"'
        echo 'int main(void) {'
        sed 's/.*/printf("constant & %" PRId64 "\\n", (int64_t)(&));/' "$work/names"
        echo 'return 0; }'
    } >"$work/constants.c"
    cp "$1" "$work/header.h"
    # CC may be several words.
    # shellcheck disable=SC2086
    $CC -std=c11 -I"$work" -o "$work/constants" "$work/constants.c"
    "$work/constants"
}

# HEADER: everything that a program is compiled with.
interface() {
    statements "$1" | prototypes
    constants "$1"
    macros "$1" | grep '^macro ' || :
}

# HEADER: the structs that the library hands out.
handed_out() {
    statements "$1" | sed -n 's/^.*typedef struct \(sipcause_[a-z0-9_]*\) *{ *uint32_t size;$/\1/p'
}

write() {
    mkdir -p "$work/include" "$3"
    cp "$2" "$work/include/sipcause.h"
    abidw --exported-interfaces-only --drop-private-types --headers-dir "$work/include" --no-architecture \
        --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --type-id-style hash "$1" |
        awk '/<abi-instr / { sub(/ path=\047[^\047]*\047/, " path=\047" ++part "\047") } 1' >"$3/libsipcause.abi"
    { echo "version $VERSION"; interface "$2" | sort; } >"$3/interface.txt"
    if [ ! -s "$3/libsipcause.abi" ] || ! grep -q '^function ' "$3/interface.txt" ||
        ! grep -q "function-decl name='sipcause_version'" "$3/libsipcause.abi"; then
        refuse "$1 or $2 shows no interface"
    fi
}

# What abidiff says is an addition, when all of it is: see additions.awk. Prints it when it is not.
compare_library() {
    status=0
    abidiff --leaf-changes-only --harmless --no-added-syms --no-show-locs \
        "$1/libsipcause.abi" "$2/libsipcause.abi" >"$work/said" 2>&1 || status=$?
    if [ $status = 0 ]; then return 0; fi
    # 4: something changed; 8: what no program survives; 1 and 2: abidiff itself failed.
    if [ $status = 4 ] && awk -v handed="$(handed_out "$3" | tr '\n' ' ')" -f "$here/additions.awk" "$work/said"; then
        return 0
    fi
    cat "$work/said"
    return 1
}

# A line of the old interface that the new one does not have.
compare_interface() {
    grep -v '^version ' "$1/interface.txt" >"$work/old"
    grep -v '^version ' "$2/interface.txt" >"$work/new"
    comm -23 "$work/old" "$work/new" >"$work/lost"
    comm -13 "$work/old" "$work/new" >"$work/added"
    if [ ! -s "$work/lost" ]; then return 0; fi
    echo "what the header said of these before is no longer so:"
    sed 's/^/  - /' "$work/lost"
    # The same names, as they are now.
    sed -e 's/(.*//' -e 's/^\(constant [^ ]*\) .*/\1/' -e 's/.*[ *]//' "$work/lost" | while read -r name; do
        grep -w "$name" "$work/added" || :
    done | sort -u | sed 's/^/  + /'
    return 1
}

compare() {
    write "$2" "$3" "$work/now"
    wrong=0
    compare_library "$1" "$work/now" "$3" || wrong=1
    compare_interface "$1" "$work/now" || wrong=1
    of=$(sed -n 's/^version //p' "$1/interface.txt")
    if [ $wrong != 0 ]; then
        echo "abi: programs linked against $of would break"
        return 1
    fi
    sed 's/^/  + /' "$work/added"
    echo "abi: all that was in $of is there; $(grep -c '^function' "$1/interface.txt") functions, $(grep -c '^function' "$work/added" || :) added"
}

soname() {
    sed -n "1s/.* soname='\([^']*\)'.*/\1/p" "$1/libsipcause.abi"
}

# Before the first release nothing is promised, and UNRELEASED=1 says so; a tag says otherwise.
save() {
    of=$(sed -n 's/^version //p' "$1/interface.txt" 2>/dev/null || :)
    [ -n "$VERSION" ] || refuse "the header's version is not known"
    if [ "$of" = "$VERSION" ] && [ "${UNRELEASED:-}" != 1 ]; then
        refuse "the interface of $of is saved already, and the version has not changed since: raise it in sipcause.h," \
            "or, while $of is not released, make abi-save UNRELEASED=1"
    fi
    if [ "$of" = "$VERSION" ]; then
        tags=$(git -C "$here" tag --list "v$of" 2>/dev/null) || refuse "without git nobody can tell whether $of is released"
        [ -z "$tags" ] || refuse "$of is released: there is a tag v$of"
        write "$2" "$3" "$work/now"
    elif [ -n "$of" ] && ! compare "$1" "$2" "$3"; then
        if [ "$(soname "$1")" = "$(soname "$work/now")" ]; then
            refuse "the soname is still $(soname "$1"): raise ABI in the Makefile, or take the change back"
        fi
    elif [ -z "$of" ]; then
        write "$2" "$3" "$work/now"
    fi
    mkdir -p "$1"
    cp "$work/now/libsipcause.abi" "$work/now/interface.txt" "$1/"
    echo "abi: saved the interface of $VERSION"
}

action=${1:-}
[ $# = 4 ] || usage
shift
case $action in
write | compare | save) needs_tools && $action "$@" ;;
*) usage ;;
esac
