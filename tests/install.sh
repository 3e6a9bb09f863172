#!/bin/sh
# Installs into an empty directory, builds the examples against it through pkg-config, shared and
# static, runs them, uninstalls, and looks at what is left: nothing, not even a directory. Then the same
# with other directories, and next to files that are not ours.
#
# An example, of C or C++, runs in the installed examples directory and must exit 0. A line
# "Arguments: ..." in its first comment is its command line, a line "Libraries: ..." what it is linked
# with besides; examples/NAME.expected, if there, is what it must print.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=cc}"
: "${VERSION:=$(sed -n 's/^#define SIPCAUSE_VERSION_[MP][A-Z]* //p' "$SRCDIR/include/sipcause.h" | paste -s -d .)}" "${ABI:=0}"
: "${CFLAGS:=}" "${CPPFLAGS:=}" "${LDFLAGS:=}" "${MAKE:=make}" "${PKG_CONFIG:=pkg-config}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

root=$work/root prefix=/opt/sipcause libdir=/opt/sipcause/lib
mkdir "$root"
make_() {
    "$MAKE" -s -C "$SRCDIR" BUILD="${BUILD#"$SRCDIR"/}" DESTDIR="$root" prefix="$prefix" \
        exec_prefix="$prefix" bindir="$prefix/bin" libdir="$libdir" includedir="$prefix/include" \
        datarootdir="$prefix/share" datadir="$prefix/share" mandir="$prefix/share/man" \
        completionsdir="$prefix/share/bash-completion/completions" "$@"
}
fail() {
    echo "$*"
    exit 1
}

make_ install
make_ install # over itself
top=$root$prefix
for file in bin/sipcause include/sipcause.h lib/libsipcause.a lib/pkgconfig/libsipcause.pc \
    share/sipcause/mapping.schema.json share/bash-completion/completions/sipcause; do
    [ -f "$top/$file" ] || fail "not installed: $file"
done
for page in "$SRCDIR"/man/*.[1-9]; do
    [ ! -e "$page" ] || [ -f "$top/share/man/man${page##*.}/${page##*/}" ] ||
        fail "not installed: ${page##*/}"
done
"$top/bin/sipcause" profiles >"$work/profiles" || fail "the installed command does not run"
if [ "$(uname -s)" = Linux ]; then
    [ "$(readlink "$top/lib/libsipcause.so")" = "libsipcause.so.$ABI" ] || fail "libsipcause.so is no link to the soname"
    [ "$(readlink "$top/lib/libsipcause.so.$ABI")" = "libsipcause.so.$VERSION" ] ||
        fail "libsipcause.so.$ABI is no link to libsipcause.so.$VERSION"
fi
if grep -q '@[a-zA-Z_]*@' "$top/lib/pkgconfig/libsipcause.pc"; then
    fail "libsipcause.pc is not filled in"
fi

# The file follows prefix, names the version, and asks for libyaml where the linker needs it only.
export PKG_CONFIG_PATH="$top/lib/pkgconfig"
[ "$($PKG_CONFIG --modversion libsipcause)" = "$VERSION" ] || fail "libsipcause.pc is not of $VERSION"
flags=$($PKG_CONFIG --define-variable=prefix=/else/where --cflags --libs libsipcause)
case $flags in
*"-I/else/where/include"*"-L/else/where/lib"*"-lsipcause"*) ;;
*) fail "libsipcause.pc does not follow prefix: $flags" ;;
esac
case $flags in
*-lyaml*) fail "libsipcause.pc links programs with libyaml that do not need it: $flags" ;;
esac
case $($PKG_CONFIG --static --libs libsipcause) in
*-lsipcause*-lyaml*) ;;
*) fail "libsipcause.pc does not link a static program with libyaml" ;;
esac

export PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_PATH="$top/lib/pkgconfig"
mkdir "$work/bin"
cat >"$work/consumer.c" <<'END'
#include <sipcause.h>
int main(void)
{
    return sipcause_builtin(NULL) == NULL;
}
END

# The C++ compiler that comes with $CC, whose sanitizers are the same; there may be none, or one
# without its library.
cxx=$(echo "$CC" | sed -e 's/\(.*\)clang/\1clang++/' -e t -e 's/\(.*\)gcc/\1g++/' -e t -e 's/\(.*\)cc/\1c++/')
printf '#include <memory>\nint main() { return std::make_unique<int>(0) == nullptr; }\n' >"$work/probe.cc"
# shellcheck disable=SC2086
if ! $cxx -std=c++17 $CPPFLAGS $CFLAGS -o "$work/probe" "$work/probe.cc" $LDFLAGS >"$work/out" 2>&1; then
    cxx=''
fi

# SOURCE KEY: what stands behind "KEY:" in the source's first comment.
said() {
    sed -n "s/.*$2:[[:space:]]*//p" "$1" | sed 's|[[:space:]]*\*/.*||;1q'
}

# SOURCE KIND PKG_CONFIG_FLAGS: builds and runs one program.
build_and_run() {
    name=${1##*/}
    program=$work/bin/$name-$2 expected=$SRCDIR/examples/${name%.*}.expected
    case $name in
    *.cc) compiler="$cxx -std=c++17" ;;
    *) compiler="$CC -std=c11" ;;
    esac
    # The flags are several words each.
    # shellcheck disable=SC2046,SC2086
    $compiler $CPPFLAGS $CFLAGS $($PKG_CONFIG $3 --cflags libsipcause) -o "$program" "$1" \
        $LDFLAGS $($PKG_CONFIG $3 --libs libsipcause) $(said "$1" Libraries) ||
        fail "$name, $2: does not build"
    arguments=$(said "$1" Arguments)
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
    if [ -e "$expected" ]; then
        diff -u "$expected" "$work/out" || fail "$name, $2: prints something else"
    fi
}

# Without the links the linker takes the archive, and must find libyaml through Requires.private.
all() {
    count=0
    for source in "$work/consumer.c" "$SRCDIR"/examples/*.c "$SRCDIR"/examples/*.cc; do
        [ -e "$source" ] || continue
        cmp -s "$source" "$top/share/sipcause/examples/${source##*/}" || [ "$source" = "$work/consumer.c" ] ||
            fail "not installed: ${source##*/}"
        case $source in *.cc) [ -n "$cxx" ] || continue ;; esac
        build_and_run "$source" "$1" "$2"
        count=$((count + 1))
    done
}
all shared ''
rm -f "$top"/lib/libsipcause.so "$top"/lib/libsipcause.dylib
all static --static

# WHAT: uninstalls, and looks for anything that was not there before.
uninstall() {
    make_ uninstall
    make_ uninstall # once more: nothing to do is no error
    (cd "$root" && find . | sort) >"$work/after"
    diff "$work/before" "$work/after" || fail "uninstall left (>) or took (<) more than it should: $1"
}
echo . >"$work/before"
uninstall "an empty directory"

# The directories of a distribution with several architectures, and the command with the shared library.
prefix=/usr libdir=/usr/lib/some-machine
make_ install SHARED_COMMAND=1
[ -f "$root/usr/lib/some-machine/libsipcause.a" ] || fail "libdir is not honoured"
grep -q '^libdir=[$]{exec_prefix}/lib/some-machine$' "$root/usr/lib/some-machine/pkgconfig/libsipcause.pc" ||
    fail "libsipcause.pc does not know libdir"
LD_LIBRARY_PATH="$root/usr/lib/some-machine" DYLD_LIBRARY_PATH="$root/usr/lib/some-machine" \
    "$root/usr/bin/sipcause" profiles | cmp - "$work/profiles" || fail "the command with the shared library does not run"
uninstall "/usr and a libdir"

# A prefix that others use as well, without DESTDIR.
prefix=$work/own libdir=$work/own/lib root=''
mkdir -p "$prefix/bin" "$prefix/share/sipcause/examples" "$prefix/share/man/man3"
touch "$prefix/bin/other" "$prefix/share/sipcause/examples/mine.yaml" "$prefix/share/man/man3/other.3"
(cd "$prefix" && find . | sort) >"$work/before"
make_ install
make_ uninstall
(cd "$prefix" && find . | sort) >"$work/after"
diff "$work/before" "$work/after" || fail "uninstall took (<) or left (>) what is not ours"
rm -rf "$prefix"
mkdir "$prefix"
make_ install
make_ uninstall
[ ! -d "$prefix" ] || fail "uninstall left $(find "$prefix")"

echo "installed, $count programs built shared and static and run${cxx:+ (with C++)}, uninstalled"
