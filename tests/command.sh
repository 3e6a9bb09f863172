#!/bin/sh
# The command's golden runs: tests/cli/NAME/{args,stdin,stdout,stderr,exit}, args one argument a
# line. A file that is not there is empty (exit: 0). Each case runs in its own folder.
#
#   BUILD=build SRCDIR=. tests/command.sh [NAME...]
#   UPDATE=1 tests/command.sh NAME...      writes what the command says now: read it before you commit

: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}"
BUILD=$(cd "$BUILD" && pwd) || exit 1
SRCDIR=$(cd "$SRCDIR" && pwd) || exit 1
sipcause=$BUILD/sipcause
export LC_ALL=C NO_COLOR=1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
total=0 failed=0

fail() {
    echo "FAIL $1"
    failed=$((failed + 1))
}

# NAME FILE: what is expected in FILE, or nothing.
expected() {
    if [ -f "$1/$2" ]; then cat "$1/$2"; elif [ "$2" = exit ]; then echo 0; fi
}

update() {
    for part in stdout stderr exit; do
        rm -f "$1/$part"
        if [ $part = exit ]; then
            if [ "$(cat "$work/exit")" != 0 ]; then cp "$work/exit" "$1/exit"; fi
        elif [ -s "$work/$part" ]; then
            cp "$work/$part" "$1/$part"
        fi
    done
}

golden() {
    name=${1##*/}
    set -- "$1"
    while IFS= read -r argument || [ -n "$argument" ]; do set -- "$@" "$argument"; done <"$1/args"
    directory=$1
    shift
    input=/dev/null
    if [ -f "$directory/stdin" ]; then input=$directory/stdin; fi
    (cd "$directory" && "$sipcause" "$@" <"$input" >"$work/stdout" 2>"$work/stderr")
    echo $? >"$work/exit"
    if [ -n "$UPDATE" ]; then update "$directory"; fi
    for part in exit stdout stderr; do
        expected "$directory" $part >"$work/expected"
        if ! cmp -s "$work/expected" "$work/$part"; then
            fail "$name: $part (expected -, got +)"
            diff -u "$work/expected" "$work/$part" | sed 1,2d
        fi
    done
}

# NAME STATUS COMMAND...: only the exit status counts.
status() {
    name=$1 wanted=$2
    shift 2
    total=$((total + 1))
    "$@" >"$work/stdout" 2>"$work/stderr"
    got=$?
    if [ $got != "$wanted" ]; then
        fail "$name: exit status $got, not $wanted"
        cat "$work/stdout" "$work/stderr"
    fi
}

# NAME: two files that must be the same.
same() {
    total=$((total + 1))
    if ! cmp -s "$2" "$3"; then
        fail "$1"
        diff -u "$2" "$3" | head -n 20
    fi
}

if [ $# -gt 0 ]; then
    for name; do total=$((total + 1)); golden "$SRCDIR/tests/cli/$name"; done
    exit $failed
fi
for directory in "$SRCDIR"/tests/cli/*/; do
    total=$((total + 1))
    golden "${directory%/}"
done

# The example trace, whatever its line ends are and however it arrives.
trace=$SRCDIR/examples/trace.txt
"$sipcause" classify --json --summary "$trace" >"$work/once"
sed 's/$/\r/' "$trace" >"$work/crlf.txt"
"$sipcause" classify --json --summary "$work/crlf.txt" >"$work/crlf"
same "example trace with CR LF" "$work/once" "$work/crlf"
sed 's/^/   /' "$trace" | "$sipcause" classify --json --summary >"$work/indented"
same "example trace indented" "$work/once" "$work/indented"
dd bs=113 2>/dev/null <"$trace" | "$sipcause" classify --json --summary >"$work/pieces"
same "example trace in small pieces" "$work/once" "$work/pieces"
half=$(grep -n '^$' "$trace" | sed -n '200s/:.*//p')
head -n "$half" "$trace" >"$work/first.txt"
tail -n "+$((half + 1))" "$trace" >"$work/second.txt"
"$sipcause" classify --json --summary "$work/first.txt" "$work/second.txt" >"$work/split"
same "example trace in two files" "$work/once" "$work/split"

# What the programs wrote, however it arrives.
for trace in "$SRCDIR"/tests/traces/*.txt "$SRCDIR"/tests/traces/*.log "$SRCDIR"/tests/cli/classify-isup-*/stdin; do
    "$sipcause" classify --json --summary "$trace" >"$work/once"
    dd bs=11 2>/dev/null <"$trace" | "$sipcause" classify --json --summary >"$work/pieces"
    same "$trace in small pieces" "$work/once" "$work/pieces"
done

# A body that is longer than the longest line, and holds start lines, which are its own.
awk 'BEGIN { print "MESSAGE sip:b@example.com SIP/2.0\nCall-ID: a\nCSeq: 1 MESSAGE\nContent-Length: 62500\n"
    for (i = 0; i < 2500; i++) printf "SIP/2.0 486 i:%05d@bcd\n", i
    print "SIP/2.0 486 Busy Here\nCall-ID: short\nCSeq: 1 INVITE\n" }' >"$work/body.txt"
for size in 113 65536 1000000; do
    dd bs=$size 2>/dev/null <"$work/body.txt" | "$sipcause" classify --json --summary |
        sed -n 's/.*"call_id":"\([a-z]*\)".*/\1/p; s/.*\("messages":[0-9]*\).*/\1/p' >"$work/body"
    printf 'short\n"messages":2\n' >"$work/expected"
    same "start lines in a long body, read by $size" "$work/expected" "$work/body"
done

# Lines and headers of any length.
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "INVITE sip:a SIP/2.0 "; print ""
    print "SIP/2.0 503 Service Unavailable\nCall-ID: long\nCSeq: 1 INVITE"
    printf "X-Long: "; for (i = 0; i < 200000; i++) printf "x"
    print "\nX-Cause-Code: 1\n\nSIP/2.0 486 Busy Here\nCall-ID: short\nCSeq: 1 INVITE\n" }' >"$work/long.txt"
"$sipcause" classify --json --summary "$work/long.txt" |
    sed -n 's/.*"call_id":"\([a-z]*\)".*"status":\([0-9]*\).*"flags":\(\[.*\]\),"findings.*/\1 \2 \3/p
        s/.*\("cut":[0-9]*,"messages":[0-9]*\).*/\1/p' >"$work/long"
printf 'long 503 ["truncated"]\nshort 486 []\n"cut":1,"messages":2\n' >"$work/expected"
same "long lines" "$work/expected" "$work/long"

# A folder: symbolic links that lead in a circle or nowhere, what is no file, what cannot be read, any order of names.
folder=$work/maps
bad='{sipcause: 1, map: {carrier: {1: Bussy}}}'
mkdir -p "$folder/b.yaml/c" "$folder/locked"
for name in z.yaml b.yaml/a.yml b.yaml/c/a.json B.json; do echo "$bad" >"$folder/$name"; done
ln -s .. "$folder/b.yaml/circle"
ln -s "$folder" "$folder/link.yaml"
ln -s z.yaml "$folder/linked.yaml"
ln -s nowhere "$folder/nowhere.yaml"
mkfifo "$folder/pipe.yaml"
check_maps() { (cd "$work" && "$sipcause" check --json maps); }
status "folder with links" 3 check_maps
check_maps | sed 's/.*"file":"\([^"]*\)".*/\1/' >"$work/walked"
printf 'maps/%s\n' B.json b.yaml/a.yml b.yaml/c/a.json linked.yaml nowhere.yaml z.yaml >"$work/expected"
same "folder with links" "$work/expected" "$work/walked"
rm "$folder/nowhere.yaml"
status "folder with errors" 1 "$sipcause" check "$folder"
status "link to a folder that is named" 1 "$sipcause" check "$folder/link.yaml"
chmod 0 "$folder/locked"
if ! ls "$folder/locked" >/dev/null 2>&1; then status "folder that cannot be read" 3 "$sipcause" check "$folder"; fi
chmod 700 "$folder/locked"

# More findings than are kept are counted, and the lines of a file that can be read only once are not shown.
awk 'BEGIN { print "sipcause: 1\nmap:\n  carrier:"; for (i = 0; i < 70000; i++) print "    " i ": Bussy" }' >"$work/many.yaml"
"$sipcause" check --source "$work/many.yaml" 2>"$work/stderr" | sed -n -e '$p' -e '/^ *65539 |/p' >"$work/many"
sed 's/.*: \([0-9]* more\)/\1/' "$work/stderr" >>"$work/many"
cat >"$work/expected" <<'END'
 65539 |     65535: Bussy
1 file checked: 70000 errors, 0 warnings, 0 notes
4464 more findings are not shown, only counted
END
same "more findings than are kept" "$work/expected" "$work/many"
"$sipcause" check --json "$work/many.yaml" 2>/dev/null | wc -l | tr -d ' ' >"$work/many"
echo 65536 >"$work/expected"
same "more findings than are kept, as JSON" "$work/expected" "$work/many"
echo "$bad" | (cd "$work" && "$sipcause" check --source /dev/stdin) >"$work/pipe"
printf '%s\n' '/dev/stdin:1:34: error: there is no disposition "Bussy"; did you mean "Busy"? [unknown-disposition]' \
    '1 file checked: 1 error, 0 warnings, 0 notes' >"$work/expected"
same "lines of a pipe" "$work/expected" "$work/pipe"

# On a terminal: lines and colours. script(1) of util-linux takes the command as a text.
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    (cd "$folder" && NO_COLOR='' TERM=xterm script -qec "'$sipcause' check z.yaml" /dev/null </dev/null) |
        tr -d '\r' | tr '\033' '~' >"$work/terminal"
    cat >"$work/expected" <<'END'
~[1mz.yaml:1:34: ~[0m~[31merror: ~[0mthere is no disposition "Bussy"; did you mean "Busy"? [unknown-disposition]
     1 | {sipcause: 1, map: {carrier: {1: Bussy}}}
       |                                  ~[32m^~[0m
1 file checked: 1 error, 0 warnings, 0 notes
END
    same "check on a terminal" "$work/expected" "$work/terminal"
fi

# Standard output that cannot be written.
full_disk() { "$sipcause" profiles >/dev/full; }
closed_output() { "$sipcause" profiles >&-; }
if [ -c /dev/full ]; then status "full disk" 3 full_disk; fi
status "closed output" 3 closed_output
status "example mapping" 0 "$sipcause" show -m "$SRCDIR/examples/acme.yaml"
status "example trunk" 0 "$sipcause" show -m "$SRCDIR/examples/acme-trunk.json"
for name in $("$sipcause" profiles --json | sed 's/.*"name":"\([^"]*\)".*/\1/'); do
    status "profile $name" 0 "$sipcause" show --json -m "$name"
done
help_fits() { "$sipcause" help "$1" >"$work/help" && awk 'length > 100 { print; wide = 1 } END { exit wide }' "$work/help"; }
for name in $("$sipcause" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
    if [ "$name" != help ]; then status "help $name in 100 columns" 0 help_fits "$name"; fi
done

echo "$total runs of the command, $failed failed"
test $failed = 0
