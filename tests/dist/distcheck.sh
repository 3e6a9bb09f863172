#!/bin/sh
# distcheck.sh ARCHIVE FOLDER: unpacks the source archive in FOLDER, configures, builds, checks, installs and
# uninstalls it, on a PATH without autoconf, automake, m4, git and Python. FOLDER is removed when all went well.

set -eu
archive=$1 folder=$2
rm -rf "$folder"
mkdir -p "$folder/bin"
folder=$(cd "$folder" && pwd)

# Every program of PATH but those. The first of a name counts, as in PATH.
saved=$IFS
IFS=:
for directory in $PATH; do
    [ -d "$directory" ] || continue
    for program in "$directory"/*; do
        name=${program##*/}
        case $name in
        python* | pypy* | autoconf* | autoreconf* | automake* | aclocal* | autom4te* | autoheader* | m4 | git | git-*) ;;
        *) if [ -x "$program" ] && [ ! -e "$folder/bin/$name" ]; then ln -s "$program" "$folder/bin/$name"; fi ;;
        esac
    done
done
IFS=$saved
PATH=$folder/bin
export PATH
for name in python3 autoconf m4 git; do
    if command -v $name >/dev/null; then echo "distcheck: $name is still in PATH" >&2; exit 1; fi
done

# What the make that started this would tell this one.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES SRCDIR BUILD CONFIG_SITE
gzip -dc "$archive" | tar -C "$folder" -xf -
source=$(echo "$folder"/libsipcause-*)
find "$source" ! -type d | sort >"$folder/before"
cd "$source"
./configure --quiet --prefix=/opt/sipcause
make -s -j"$(getconf _NPROCESSORS_ONLN)" all test-programs fuzz-replays
make --no-print-directory check-short

root=$folder/root
mkdir "$root"
make -s DESTDIR="$root" install
"$root/opt/sipcause/bin/sipcause" --version
make -s DESTDIR="$root" uninstall
left=$(find "$root" -mindepth 1)
if [ -n "$left" ]; then
    echo "distcheck: uninstall left: $left" >&2
    exit 1
fi
make -s distclean
find "$source" ! -type d | sort >"$folder/after"
if ! diff "$folder/before" "$folder/after"; then
    echo "distcheck: distclean left (>) or took (<) more than it should" >&2
    exit 1
fi
cd "$folder/.."
rm -rf "$folder"
echo "distcheck: configured, built, checked, installed, uninstalled and cleaned without autoconf and Python"
