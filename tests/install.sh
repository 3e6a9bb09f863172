#!/bin/sh
# Installs into an empty directory, builds the examples against it through pkg-config, shared and
# static, runs them, uninstalls, and looks at what is left.
#
# An example runs in the installed examples directory and must exit 0. A line "Arguments: ..." in
# its first comment is its command line; examples/NAME.expected, if there, is what it must print.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=cc}"
: "${CFLAGS:=}" "${CPPFLAGS:=}" "${LDFLAGS:=}" "${MAKE:=make}" "${PKG_CONFIG:=pkg-config}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

root=$work/root prefix=/opt/sipcause
make_() {
    "$MAKE" -s -C "$SRCDIR" BUILD="${BUILD#"$SRCDIR"/}" DESTDIR="$root" prefix=$prefix \
        exec_prefix=$prefix bindir=$prefix/bin libdir=$prefix/lib includedir=$prefix/include \
        datarootdir=$prefix/share datadir=$prefix/share mandir=$prefix/share/man "$@"
}
fail() {
    echo "$*"
    exit 1
}

make_ install
make_ install # over itself
top=$root$prefix
for file in bin/sipcause include/sipcause.h lib/libsipcause.a lib/pkgconfig/libsipcause.pc \
    share/sipcause/mapping.schema.json; do
    [ -f "$top/$file" ] || fail "not installed: $file"
done
for page in "$SRCDIR"/man/*.[1-9]; do
    [ ! -e "$page" ] || [ -f "$top/share/man/man${page##*.}/${page##*/}" ] ||
        fail "not installed: ${page##*/}"
done
"$top/bin/sipcause" profiles >"$work/profiles" || fail "the installed command does not run"
if grep -q '@[a-zA-Z_]*@' "$top/lib/pkgconfig/libsipcause.pc"; then
    fail "libsipcause.pc is not filled in"
fi

export PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_PATH="$top/lib/pkgconfig"
mkdir "$work/bin"
cat >"$work/consumer.c" <<'END'
#include <sipcause.h>
int main(void)
{
    return sipcause_builtin(NULL) == NULL;
}
END

# SOURCE KIND PKG_CONFIG_FLAGS: builds and runs one program.
build_and_run() {
    name=$(basename "$1" .c)
    program=$work/bin/$name-$2
    # The flags are several words each.
    # shellcheck disable=SC2046,SC2086
    $CC -std=c11 $CPPFLAGS $CFLAGS $($PKG_CONFIG $3 --cflags libsipcause) -o "$program" "$1" \
        $LDFLAGS $($PKG_CONFIG $3 --libs libsipcause) || fail "$name, $2: does not build"
    arguments=$(sed -n 's/.*Arguments:[[:space:]]*//p' "$1" | sed 's|[[:space:]]*\*/.*||;1q')
    (
        cd "$top/share/sipcause/examples"
        if [ "$2" = shared ]; then
            LD_LIBRARY_PATH=$top/lib DYLD_LIBRARY_PATH=$top/lib
            export LD_LIBRARY_PATH DYLD_LIBRARY_PATH
        fi
        # shellcheck disable=SC2086
        "$program" $arguments </dev/null
    ) >"$work/out" 2>"$work/err" || {
        cat "$work/out" "$work/err"
        fail "$name, $2: exit status not 0"
    }
    if [ -e "${1%.c}.expected" ]; then
        diff -u "${1%.c}.expected" "$work/out" || fail "$name, $2: prints something else"
    fi
}

# Without the links the linker takes the archive, and must find libyaml through Requires.private.
all() {
    count=0
    for source in "$work/consumer.c" "$SRCDIR"/examples/*.c; do
        [ -e "$source" ] || continue
        build_and_run "$source" "$1" "$2"
        count=$((count + 1))
    done
}
all shared ''
rm -f "$top"/lib/libsipcause.so "$top"/lib/libsipcause.dylib
all static --static

make_ uninstall
left=$(cd "$root" && find . ! -type d)
[ -z "$left" ] || fail "left by uninstall: $left"
[ ! -d "$top/share/sipcause" ] || fail "left by uninstall: share/sipcause"

echo "installed, $count programs built shared and static and run, uninstalled"
