#!/bin/sh
# The manual pages and README.md say what is so: the pages are clean mdoc, each heading of sipcause.h has a
# page with its functions as the header declares them, every function has a stub that leads there,
# libsipcause.3 lists these pages, sipcause.1 knows the command's subcommands and options, and every example
# is run: C, mapping files, refusals, Reason values, transcripts.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}" "${CC:=cc}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
PATH=$BUILD:$PATH
cd "$SRCDIR"
status=0 examples=0 unrun=0

wrong() {
    echo "$*"
    status=1
}

# ---- taking the pages apart --------------------------------------------------------------------

# FILE: its displays, one a file, $work/NAME.1 ...; of README the blocks between ``` with their kind:
# README.md.1.yaml. Escapes of roff are undone.
displays() {
    awk -v out="$work/${1##*/}" '
        function plain(line) {
            gsub(/\\e/, "\\", line); gsub(/\\\(dq/, "\"", line); gsub(/\\&/, "", line)
            return line
        }
        /^\.Bd -literal/ { inside = out "." ++count; next }
        /^```[a-z]/ { inside = out "." ++count "." substr($0, 4); next }
        /^\.Ed/ || /^```$/ { inside = ""; next }
        inside != "" { print (out ~ /\.md$/ ? $0 : plain($0)) >inside }' "$1"
}

# FILE: "RULE<tab>EXAMPLE" for every .Dl under a list item .It Cm RULE.
rule_examples() {
    awk '/^\.It Cm / { rule = $3 }
         /^\.Dl / && rule != "" {
            line = substr($0, 5)
            gsub(/\\\(dq/, "\"", line); gsub(/\\&/, "", line)
            print rule "\t" line
         }
         /^\.S[hs] / { rule = "" }' "$1"
}

# ---- the pages themselves ----------------------------------------------------------------------

# "FUNCTION HEADING" for every function of the header, the inline ones too: sipcause_HEADING.3 is its page.
awk '/^\/\* =====/ { getline; heading = $2 }
     /^(SIPCAUSE_API|static inline) .*\(/ && match($0, /sipcause_[a-z0-9_]*\(/) {
        print substr($0, RSTART, RLENGTH - 1), heading
     }' include/sipcause.h | sort >"$work/homes"
groups=$(cut -d ' ' -f 2 "$work/homes" | sort -u | sed 's|.*|man/sipcause_&.3|' | tr '\n' ' ')
pages="man/sipcause.1 man/libsipcause.3 $groups man/sipcause.5 man/sipcause.7"
for page in $pages README.md ChangeLog; do
    if [ ! -s "$page" ]; then wrong "$page is missing"; fi
done
if [ $status != 0 ]; then exit 1; fi

lint=linted
if command -v mandoc >/dev/null 2>&1; then
    for page in $pages; do
        # Whether other pages are installed here is not the question; ours are looked up below.
        mandoc -T lint "$page" 2>/dev/null | grep -v 'referenced manual not found' >"$work/lint" || :
        if [ -s "$work/lint" ]; then
            cat "$work/lint"
            wrong "$page: mandoc -T lint is not silent"
        fi
    done
else
    lint='not linted'
    echo "mandoc is not there: the pages are not linted"
fi

cat man/*.[1357] | grep -o -E 'Xr [a-z0-9_]*sipcause[a-z0-9_]* [1-9]' | sed 's/Xr \(.*\) /\1./' | sort -u >"$work/xr"
while read -r page; do
    if [ ! -f "man/$page" ]; then wrong "a page refers to $page, which is not there"; fi
done <"$work/xr"

# ---- functions ---------------------------------------------------------------------------------

# The prototypes of the header and of the pages, without blanks.
awk '{ sub(/\/\/.*/, ""); text = text " " $0 }
     END {
        while ((start = index(text, "/*")) > 0) {
            rest = substr(text, start + 2)
            text = substr(text, 1, start - 1) " " substr(rest, index(rest, "*/") + 2)
        }
        gsub(/;/, ";\n", text); print text
     }' include/sipcause.h |
    sed -n -e 's/.*SIPCAUSE_API \(.*);\)$/\1/p' | tr -d ' \t;' | sort >"$work/declared"
# Names of files without blanks.
# shellcheck disable=SC2086
awk '/^\.Sh/ { inside = ($2 == "SYNOPSIS") }
     inside && /^\.Ft / { type = substr($0, 5) }
     inside && /^\.Fn / {
        line = substr($0, 5); name = line; sub(/ .*/, "", name); sub(/^[^ ]* /, "", line)
        gsub(/" "/, ",", line); gsub(/" /, ",", line); gsub(/ "/, ",", line); gsub(/"/, "", line); gsub(/"/, "", type)
        print type name "(" line ")"
     }' $groups | tr -d ' ' |
    grep -v -E '^sipcause_codesipcause_(status|q850|carrier)\(' | sort >"$work/described"
if ! diff "$work/declared" "$work/described" >"$work/diff"; then
    cat "$work/diff"
    wrong "the SYNOPSIS of the pages (>) is not what sipcause.h declares (<)"
fi

for page in $groups; do
    name=${page##*/}
    if ! grep -q "^\.It Xr ${name%.3} 3\$" man/libsipcause.3; then wrong "libsipcause.3 does not list $page"; fi
done

# A function stands in its page and in no other: in NAME, once in the SYNOPSIS, and where it is described.
while read -r name heading; do
    home=man/sipcause_$heading.3
    if [ ! -f "man/$name.3" ]; then
        wrong "$name has no page man/$name.3"
    elif [ "$home" != "man/$name.3" ] && [ "$(cat "man/$name.3")" != ".so man3/sipcause_$heading.3" ]; then
        wrong "man/$name.3 is not a stub that leads to $home"
    fi
    if ! grep -q -E "^\.Nm $name( ,)?\$" "$home"; then wrong "$home does not name $name"; fi
    if [ "$(grep -c -E "^\.Fn $name( |\$)" "$home")" -lt 2 ]; then wrong "$home does not describe $name"; fi
    if [ "$(grep -l -E "^\.(Fn|Nm) $name( |\$)" man/*.[1357])" != "$home" ]; then
        wrong "another page than $home describes $name"
    fi
done <"$work/homes"

functions=0
sed -n 's/^[[:space:]]*\(sipcause_[a-z0-9_]*\);.*/\1/p' lib/sipcause.map >"$work/functions"
while read -r name; do
    functions=$((functions + 1))
    if ! grep -q "^$name " "$work/homes"; then wrong "$name stands under no heading of sipcause.h"; fi
done <"$work/functions"
for page in man/sipcause_*.3; do
    name=${page##*/} name=${name%.3}
    if ! grep -q -E "^$name | ${name#sipcause_}\$" "$work/homes"; then
        wrong "$page: there is neither such a function nor such a heading"
    fi
done

sed -n 's|.* SIPCAUSE_RULE_.*/\* \([a-z0-9-]*\):.*|\1|p' include/sipcause.h >"$work/rules"
while read -r rule; do
    if ! grep -q "^\.It Cm $rule\$" man/sipcause.7; then wrong "sipcause.7 does not list the finding $rule"; fi
done <"$work/rules"

# ---- the command -------------------------------------------------------------------------------

sipcause help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' >"$work/subcommands"
if [ ! -s "$work/subcommands" ]; then wrong "sipcause help shows no subcommands"; fi
sipcause help >"$work/help"
while read -r name; do
    if ! grep -q "^\.Ss $name\$" man/sipcause.1; then wrong "sipcause.1 does not describe $name"; fi
    if [ "$name" != help ]; then sipcause help "$name" >>"$work/help"; fi
done <"$work/subcommands"
tr -c 'a-zA-Z-' '\n' <"$work/help" | grep -E '^(-[a-zA-Z]|--[a-z][a-z-]*)$' | sort -u >"$work/options"
while read -r option; do
    case $option in
    --*) macro="Fl Fl ${option#--}" ;;
    *) macro="Fl ${option#-}" ;;
    esac
    if ! grep -q -E "$macro( |\$)" man/sipcause.1; then wrong "sipcause.1 does not describe $option"; fi
done <"$work/options"

# ---- examples ----------------------------------------------------------------------------------

for page in $pages README.md; do displays "$page"; done
mkdir "$work/run"
cp examples/acme.yaml examples/trace.txt "$work/run/"
cp examples/acme.yaml "$work/acme.yaml" # a mapping file of sipcause.5 extends it

# FILE: compiles and runs one example.
run_c() {
    examples=$((examples + 1))
    cp "$1" "$work/example.c"
    # Flags are lists.
    # shellcheck disable=SC2086
    if ! $CC -std=c11 -Wall -Wextra -Werror ${CFLAGS:-} ${CPPFLAGS:-} -Iinclude -o "$work/example" \
        "$work/example.c" ${LDFLAGS:-} "$BUILD/libsipcause.a" ${YAML_LIBS:--lyaml}; then
        wrong "the C example ${1##*/} does not compile"
    elif ! (cd "$work/run" && "$work/example") >"$work/log" 2>&1 || [ ! -s "$work/log" ]; then
        cat "$work/log"
        wrong "the C example ${1##*/} fails, or prints nothing"
    fi
}

# FILE: loads one mapping file.
load() {
    examples=$((examples + 1))
    if ! sipcause show -m "$1" >"$work/log" 2>&1; then
        cat "$work/log"
        wrong "the mapping file ${1##*/} is refused"
    fi
}

# FILE: "$ command" lines and what they print.
replay() {
    examples=$((examples + 1))
    sed -n 's/^\$ //p' "$1" >"$work/commands"
    while read -r line; do
        echo "\$ $line"
        (cd "$work/run" && sh -c "$line") 2>&1 </dev/null || :
    done <"$work/commands" >"$work/transcript"
    if ! diff "$1" "$work/transcript" >"$work/diff"; then
        cat "$work/diff"
        wrong "${1##*/}: the command prints something else (>)"
    fi
}

# A sanitized library cannot be loaded into a Python that has no sanitizer's runtime: make check runs these.
python=yes
case " $CC ${CFLAGS:-} ${LDFLAGS:-} " in *-fsanitize*) python='' ;; esac
if ! command -v python3 >/dev/null 2>&1; then python=''; fi

# What it prints stands in its last line, a comment.
run_python() {
    if [ -z "$python" ]; then
        unrun=$((unrun + 1))
        return 0
    fi
    examples=$((examples + 1))
    tail -n 1 "$1" | sed 's/^# //' >"$work/expected"
    if ! PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=python SIPCAUSE_LIBRARY=$BUILD/libsipcause.so.0 \
        python3 "$1" >"$work/log" 2>&1 || ! diff "$work/expected" "$work/log"; then
        cat "$work/log"
        wrong "${1##*/}: Python prints something else"
    fi
}

for file in "$work"/libsipcause.3.* "$work"/sipcause_*.3.*; do
    if grep -q '^#include' "$file"; then run_c "$file"; fi
done
for file in "$work"/sipcause.5.*; do load "$file"; done
# README.md's first mapping file is the acme.yaml that its other examples speak of.
for file in "$work"/README.md.*.yaml; do
    load "$file"
    if [ ! -f "$work/run/README" ]; then cp "$file" "$work/run/acme.yaml"; fi
    touch "$work/run/README"
done
for file in "$work"/README.md.*.c; do run_c "$file"; done
for file in "$work"/README.md.*.python; do run_python "$file"; done
for file in "$work"/README.md.*.console "$work"/sipcause.1.*; do replay "$file"; done

tab=$(printf '\t')
rule_examples man/sipcause.5 >"$work/refusals"
while IFS=$tab read -r rule line; do
    examples=$((examples + 1))
    printf 'sipcause: 1\n%s\n' "$line" >"$work/refused.yaml"
    if ! sipcause show -m "$work/refused.yaml" 2>&1 >"$work/log" | grep -q "\[$rule\]\$"; then
        wrong "sipcause.5: $line is not refused as $rule"
    fi
done <"$work/refusals"

# Those of sipcause.7 are the folders of test_validate.c.

if [ "$examples" -lt 40 ]; then wrong "only $examples examples were found"; fi
if [ $unrun != 0 ]; then lint="$lint; $unrun of Python not run"; fi
if [ $status = 0 ]; then echo "$functions functions, $examples examples; pages $lint"; fi
exit $status
