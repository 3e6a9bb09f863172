#!/bin/sh
# The Debian packages on a machine that has none of it: installed with what they ask for, used as README.md says, run
# through the tests of debian/tests, installed over themselves, purged. Nothing may be left.
#
# The machine is a folder that debootstrap makes (DEB_SUITE, this system's release without it), or a copy of
# DEB_MACHINE, one that it has made already. Needs root, debootstrap and a mirror.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/../.." && pwd)}" "${BUILD:=$SRCDIR/build}"
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null 2>&1; then
    echo "this needs root and debootstrap: the packages are not installed"
    exit 77
fi
# /tmp may be a place where nothing can be run.
root=$(mktemp -d -p "${DEB_MACHINES:-/var/tmp}")
cleanup() {
    for mounted in "$root/proc" "$root/dev"; do
        if mountpoint -q "$mounted"; then umount "$mounted"; fi
    done
    rm -rf --one-file-system "$root"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

if [ -n "${DEB_MACHINE:-}" ]; then
    cp -a "$DEB_MACHINE/." "$root/"
else
    suite=${DEB_SUITE:-$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)}
    debootstrap --variant=minbase "$suite" "$root" ${DEB_MIRROR:+"$DEB_MIRROR"} >"$BUILD/deb/machine.log" 2>&1 || {
        tail -n 20 "$BUILD/deb/machine.log"
        exit 1
    }
fi
chmod 755 "$root"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev" || mount --bind /dev "$root/dev"

# COMMAND...: on that machine, quiet unless it fails.
on() {
    if ! chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "$@" >"$BUILD/deb/machine.log" 2>&1 </dev/null; then
        tail -n 40 "$BUILD/deb/machine.log"
        echo "on a machine of its own this failed: $*"
        exit 1
    fi
}
# NAME: what is there now, but for what dpkg, apt and ldconfig keep of all packages.
listing() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./var/lib/dpkg -o -path ./var/lib/apt \
        -o -path ./var/cache -o -path ./var/log -o -path ./root -o -path ./packages -o -path ./source \) -prune -o -print) |
        sort >"$BUILD/deb/$1"
}

mkdir -p "$root/packages" "$root/source"
for name in libsipcause0 libsipcause-dev sipcause python3-sipcause; do
    cp "$BUILD"/deb/${name}_*.deb "$root/packages/"
done
cp -r "$SRCDIR/examples" "$SRCDIR/debian" "$root/source/"
on apt-get update
# What others need, so that what is left is ours.
on apt-get install -y --no-install-recommends build-essential pkg-config libyaml-dev python3-all man-db bash-completion
listing before

on sh -c 'apt-get install -y --no-install-recommends /packages/*.deb'
listing installed
on sh -c 'cd /source && sh -e debian/tests/library'
on sh -c 'cd /source && sh -e debian/tests/command'
on sh -c 'cd /source && sh -e debian/tests/python'
for page in '3 sipcause_decide' '3 libsipcause' '1 sipcause' '5 sipcause' '7 sipcause'; do
    # A section and a name.
    # shellcheck disable=SC2086
    on man -w $page
done
on sh -c 'man sipcause_decide | grep -q sipcause_decide'
on ldconfig -p
grep -q libsipcause.so.0 "$BUILD/deb/machine.log" || { echo "ldconfig does not know the library"; exit 1; }

on sh -c 'apt-get install -y --no-install-recommends --reinstall /packages/*.deb'
listing again
diff "$BUILD/deb/installed" "$BUILD/deb/again"
on sh -c 'cd /source && sh -e debian/tests/command && sh -e debian/tests/python'

on apt-get purge -y libsipcause0 libsipcause-dev sipcause python3-sipcause
listing after
diff "$BUILD/deb/before" "$BUILD/deb/after" || { echo "purge left (>) or took (<) more than it should"; exit 1; }
left=$(chroot "$root" dpkg -l | grep sipcause || :)
[ -z "$left" ] || { echo "dpkg still knows: $left"; exit 1; }
on dpkg --audit
[ ! -s "$BUILD/deb/machine.log" ] || { cat "$BUILD/deb/machine.log"; exit 1; }

echo "$(comm -13 "$BUILD/deb/before" "$BUILD/deb/installed" | wc -l | tr -d ' ') files installed, used, installed over themselves, purged"
