#!/bin/sh
# What make abi takes for an addition, and what it refuses: copies of the header and of the symbol map, each with one
# change, are compared with the original by abi/abi.sh. A function of the copies does nothing: the interface is its
# prototype. Needs abidw and abidiff.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/../.." && pwd)}" "${CC:=cc}"
if ! command -v abidw >/dev/null 2>&1 || ! command -v abidiff >/dev/null 2>&1; then
    echo "abidw and abidiff are not there: what make abi says is not tested"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0 count=0
wrong() {
    echo "$*"
    status=1
}

# FOLDER: a library of its header and map.
build() {
    {
        echo '#include <sipcause.h>'
        awk -f "$SRCDIR/abi/statements.awk" "$1/sipcause.h" |
            sed -n 's/^.*\(SIPCAUSE_API .*)\);$/\1 { __builtin_trap(); }/p'
    } >"$1/library.c"
    # CC may be several words.
    # shellcheck disable=SC2086
    $CC -std=c11 -w -g -fPIC -fvisibility=hidden -I"$1" -shared -Wl,-soname,"${soname:-libsipcause.so.0}" \
        -Wl,--version-script,"$1/sipcause.map" -o "$1/libsipcause.so" "$1/library.c"
}

# FOLDER: a copy of the original.
copy() {
    mkdir -p "$1"
    cp "$SRCDIR/include/sipcause.h" "$SRCDIR/lib/sipcause.map" "$1/"
}

# passes|fails WORDS SED-OF-HEADER [SED-OF-MAP]: what make abi says, and the words it must say.
changed() {
    count=$((count + 1))
    now=$work/$count
    copy "$now"
    sed -i.old "$3" "$now/sipcause.h"
    sed -i.old "${4:-}" "$now/sipcause.map"
    if cmp -s "$now/sipcause.h" "$now/sipcause.h.old" && cmp -s "$now/sipcause.map" "$now/sipcause.map.old"; then
        wrong "$count: nothing was changed by: $3 ${4:-}"
    fi
    if ! build "$now"; then
        wrong "$count: does not compile: $3"
        return
    fi
    if VERSION=0.2.0 CC=$CC "$SRCDIR/abi/abi.sh" compare "$work/original" "$now/libsipcause.so" "$now/sipcause.h" \
        >"$now/said" 2>&1; then
        said=passes
    else
        said=fails
    fi
    if [ "$said" != "$1" ] || ! grep -q -e "$2" "$now/said"; then
        cat "$now/said"
        wrong "$count: $said, must be one that $1 with \"$2\": $3 ${4:-}"
    fi
}

copy "$work/0"
build "$work/0"
VERSION=0.1.0 "$SRCDIR/abi/abi.sh" write "$work/0/libsipcause.so" "$work/0/sipcause.h" "$work/original"

# ---- additions ---------------------------------------------------------------------------------

number='SIPCAUSE_API uint32_t sipcause_version_number(void);'
entry='/^typedef struct sipcause_entry {/,/^} sipcause_entry;/'
reason='/^typedef struct sipcause_reason {/,/^} sipcause_reason;/'

changed passes '0 added' '' 's/Kept by hand/Made by hand/'
changed passes '1 added' "s/^$number/&\nSIPCAUSE_API int sipcause_fresh(const char *text);/" \
    's/ sipcause_version_number;/& sipcause_fresh;/'
changed passes 'SIPCAUSE_PARTY_FRESH 99' 's/SIPCAUSE_PARTY_LOCAL = [0-9]*/&, SIPCAUSE_PARTY_FRESH = 99/'
changed passes 'SIPCAUSE_FRESH 7' 's/^#define SIPCAUSE_TEXT .*/&\n#define SIPCAUSE_FRESH 7/'
changed passes '0 added' 's/^} sipcause_entry;/    uint32_t fresh;\n&/'
changed passes '0 added' 's/^} sipcause_entry;/    const char *fresh;\n    uint16_t more[4];\n&/'
changed passes '0 added' 's/^} sipcause_entry;/    uint64_t fresh;\n&/; s/^} sipcause_step;/    uint64_t fresh;\n&/'
changed passes '0 added' "$reason"' s/uint64_t reserved\[4\];/uint64_t fresh; uint64_t reserved[3];/'
changed passes '0 added' "$reason"' s/uint64_t reserved\[4\];/uint32_t fresh, more; const char *text_2; uint64_t reserved[2];/'
changed passes '0 added' "$entry"' s/uint64_t reserved\[1\];/uint64_t fresh;/'
changed passes '1 added' "s/sipcause_version_number(void);/&\ntypedef struct sipcause_fresh { uint32_t size; int n; } \
sipcause_fresh;\nSIPCAUSE_API const sipcause_fresh *sipcause_fresh_at(size_t index);/" \
    's/ sipcause_version_number;/& sipcause_fresh_at;/'
changed passes '0 added' 's/sipcause_error_name(int code)/sipcause_error_name(int number)/'

# ---- changes -----------------------------------------------------------------------------------

changed fails 'Removed function' "s/^$number//" 's/ sipcause_version_number;//'
changed fails 'sipcause_version_number' '' 's/ sipcause_version_number;//'
changed fails 'sipcause_version_number' 's/sipcause_version_number/sipcause_version_value/' \
    's/sipcause_version_number/sipcause_version_value/'
changed fails 'SIPCAUSE_0.1' '' 's/SIPCAUSE_0.1/SIPCAUSE_0.2/'
changed fails 'parameter 2' 's/sipcause_error_name(int code)/sipcause_error_name(int code, int more)/'
changed fails 'sipcause_error_name(unsigned' 's/sipcause_error_name(int code)/sipcause_error_name(unsigned int code)/'
changed fails 'return type' 's/uint32_t sipcause_version_number/uint64_t sipcause_version_number/'
changed fails 'char \*sipcause_version' 's/const char \*sipcause_version(/char *sipcause_version(/'
changed fails 'sipcause_release_reset' 's/sipcause_release_reset(sipcause_release \*/sipcause_release_reset(sipcause_table */'
changed fails 'at offset' "$entry"' s/const char \*name;/uint64_t fresh; &/'
changed fails 'at offset' "$entry"' s/const char \*name;/uint64_t fresh; &/; s/^} sipcause_entry;/uint64_t more;\n&/'
changed fails 'int32_t' "$entry"' s/uint32_t line;/int32_t line;/; s/^} sipcause_entry;/uint64_t more;\n&/'
changed fails 'linie' "$entry"' s/uint32_t line;/uint32_t linie;/; s/^} sipcause_entry;/uint64_t more;\n&/'
changed fails 'deletion' "$entry"' s/const char \*file;//; s/^} sipcause_entry;/uint64_t more;\n&/'
changed fails 'deletion' "$entry"' s/uint64_t reserved\[1\];//'
changed fails 'name' "$entry"' { s/const char \*name;/const char *fresh;/; s/const char \*note;/const char *name;/; s/fresh;/note;/; }'
changed fails 'size changed' 's/^} sipcause_reason;/    uint32_t fresh;\n&/'
changed fails 'size changed' 's/^} sipcause_slice;/    uint32_t fresh;\n&/'
changed fails 'size changed' 's/^typedef struct sipcause_slice {/& uint32_t size;/'
changed fails 'size changed' "$reason"' s/uint64_t reserved\[4\];/uint64_t fresh; uint64_t reserved[4];/'
changed fails 'reserved' "$reason"' s/uint64_t reserved\[4\];/uint64_t reserved[3];/'
changed fails 'size changed' "$reason"' s/uint64_t reserved\[4\];/uint64_t fresh[5];/'
changed fails 'SIPCAUSE_PARTY_CALLEE' 's/SIPCAUSE_PARTY_CALLEE = [0-9]*/SIPCAUSE_PARTY_CALLEE = 98/'
changed fails 'SIPCAUSE_PARTY_CALLEE' 's/SIPCAUSE_PARTY_CALLEE = [0-9]*,/SIPCAUSE_PARTY_CALLED = 2,/'
changed fails 'SIPCAUSE_TEXT' 's/^#define SIPCAUSE_TEXT .*/#define SIPCAUSE_TEXT 0/'
changed fails 'SIPCAUSE_HAS' 's/^#define SIPCAUSE_HAS(/#define SIPCAUSE_HAVE(/'
changed fails 'sipcause_status' 's/sipcause_status(uint32_t/sipcause_status(uint16_t/'
soname=libsipcause.so.1
changed fails 'libsipcause.so.1' '' 's/Kept by hand/Made by hand/'

# ---- saving ------------------------------------------------------------------------------------

# VERSION FOLDER EXPECTED WORDS [UNRELEASED]: abi-save over a copy of the original.
saves() {
    count=$((count + 1))
    rm -rf "$work/saved"
    cp -r "$work/original" "$work/saved"
    if VERSION=$1 UNRELEASED=${5:-} CC=$CC "$work/tree/abi/abi.sh" save "$work/saved" "$2/libsipcause.so" "$2/sipcause.h" \
        >"$work/said" 2>&1; then
        said=saves
        grep -q "^version $1\$" "$work/saved/interface.txt" || wrong "abi-save did not save $1"
    else
        said=refuses
        diff -r "$work/original" "$work/saved" || wrong "abi-save refused and wrote all the same"
    fi
    if [ $said != "$3" ] || ! grep -q "$4" "$work/said"; then
        cat "$work/said"
        wrong "abi-save of $1 $said, it must be: $3, with \"$4\""
    fi
}

# FOLDER SED-OF-HEADER [SED-OF-MAP]: a changed library.
other() {
    copy "$work/$1"
    sed -i.old "$2" "$work/$1/sipcause.h"
    sed -i.old "${3:-}" "$work/$1/sipcause.map"
    build "$work/$1"
}
soname=libsipcause.so.1
other next "s/^$number//" 's/ sipcause_version_number;//'
soname=libsipcause.so.0
other more "s/^$number/&\nSIPCAUSE_API int sipcause_fresh(void);/" 's/ sipcause_version_number;/& sipcause_fresh;/'
other less "s/^$number//" 's/ sipcause_version_number;//'
mkdir "$work/tree"
cp -r "$SRCDIR/abi" "$work/tree/"

saves 0.1.0 "$work/more" refuses 'the version has not changed'
saves 0.1.0 "$work/0" refuses 'the version has not changed'
saves 0.2.0 "$work/more" saves 'saved the interface of 0.2.0'
saves 0.2.0 "$work/less" refuses 'raise ABI'
saves 0.2.0 "$work/next" saves 'saved the interface of 0.2.0'
saves '' "$work/more" refuses 'version is not known'
saves 0.1.0 "$work/less" refuses 'without git' 1
if git -C "$work/tree" init -q 2>/dev/null; then
    saves 0.1.0 "$work/less" saves 'saved the interface of 0.1.0' 1
    git -C "$work/tree" -c user.name=nobody -c user.email=nobody@localhost commit -q --allow-empty -m one
    git -C "$work/tree" tag v0.1.0
    saves 0.1.0 "$work/less" refuses 'is released' 1
fi

if [ $status = 0 ]; then echo "$count changes are told apart"; fi
exit $status
