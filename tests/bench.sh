#!/bin/sh
# What measures is measured: corpus.py writes the same bytes for the same seed; the library answers what the generator
# knows, and a wrong answer is told; table.py says ok, miss and missing; the command and the Python package are measured
# on short traces. What the times are does not matter. Needs python3.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}"
if ! python3 -c '' 2>/dev/null; then
    echo "python3 is not there: the measuring programs are not tested"
    exit 77
fi
export PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

wrong() {
    echo "$1"
    status=1
}

# ---- the messages ------------------------------------------------------------------------------------------

for folder in one:7 two:7 other:8; do
    python3 "$SRCDIR/bench/corpus.py" "${folder#*:}" 200 "$work/${folder%:*}"
done
diff -r "$work/one" "$work/two" >/dev/null || wrong "corpus.py does not write the same bytes for the same seed"
if cmp -s "$work/one/messages.bin" "$work/other/messages.bin"; then wrong "another seed makes the same messages"; fi
if [ "$(wc -l <"$work/one/truth.tsv")" -ne 200 ] || [ "$(cut -f 3 "$work/one/truth.tsv" | grep -c 1)" -ne 20 ]; then
    wrong "of 200 messages 20 are to be awkward"
fi
for folder in one other; do
    "$BUILD/bench/agree" "$work/$folder" >"$work/agree" || wrong "$(cat "$work/agree")"
done

# FIELD VALUE WHAT: one line's truth is changed; that must be told.
spoil() {
    awk -F '\t' -v OFS='\t' -v field="$1" -v value="$2" 'NR == 100 { $field = value } { print }' "$work/one/truth.tsv" \
        >"$work/two/truth.tsv"
    if "$BUILD/bench/agree" "$work/two" >"$work/agree"; then wrong "a wrong $3 is not noticed"; fi
    grep -q "^not as generated: .*$3" "$work/agree" || wrong "a wrong $3 is not told: $(head -n 1 "$work/agree")"
}
spoil 4 299 status
spoil 5 NONE "carrier's code"
spoil 6 q850:77 "deciding code"
spoil 7 Bored disposition
spoil 8 SIP/1,SIP/2 "Reason values"
spoil 9 SIP/1,SIP/2 "Reason value "

# ---- the table ----------------------------------------------------------------------------------------------

cat >"$work/targets.csv" <<'EOF'
row,sense,target
fast enough,at most,2.5
too slow,at most,1.4
faster than others,at least,12
barely too slow,at most,2.5
not fast enough,at least,2.5
alike,within,0.05
apart,within,0.05
just alike,within,0.05
none,at most,0
never came,at most,1
no peer,at least,12
EOF
cat >"$work/rows" <<'EOF'
{"row": "limit", "ratio": 12.34, "low": 12.1, "high": 12.9, "rounds": 31, "of": "a copy", "unit": "message"}
EOF
printf '%s%s\n' '{"row": "fast enough", "ratio": 2.5, "low": 2.4, "high": 2.6, "rounds": 7, "of": "walk", ' \
    '"nanoseconds": 2500, "base_nanoseconds": 1000, "unit": "message"}' >>"$work/rows"
cat >>"$work/rows" <<'EOF'
{"row": "too slow", "ratio": 1.41, "low": 1.3, "high": 1.5, "rounds": 31, "of": "load", "unit": "lookup"}
{"row": "faster than others", "ratio": 12.0, "low": 11.9, "high": 13, "rounds": 31, "of": "ours", "unit": "message"}
{"row": "not fast enough", "ratio": 2.49, "low": 2.4, "high": 2.6, "rounds": 31, "of": "ours", "unit": "value"}
{"row": "alike", "ratio": 0.96, "low": 0.9, "high": 1.1, "rounds": 31, "of": "one", "unit": "lookup"}
{"row": "apart", "ratio": 0.94, "low": 0.9, "high": 1.1, "rounds": 31, "of": "one", "unit": "lookup"}
{"row": "just alike", "ratio": 1.05, "low": 0.9, "high": 1.1, "rounds": 31, "of": "one", "unit": "lookup"}
{"row": "barely too slow", "ratio": 2.5004, "low": 2.4, "high": 2.6, "rounds": 31, "of": "load", "unit": "lookup"}
{"row": "none", "value": 0, "unit": "allocation"}
{"row": "no peer", "without": "not installed"}
EOF
cat >"$work/expected" <<'EOF'
limit 12.3 12.10-12.90 of a copy
fast enough 2.50 2.40-2.60 2.5 us a message, walk: 1 us at most 2.5 ok
too slow 1.41 1.30-1.50 of load at most 1.4 miss
faster than others 12 11.90-13.00 of ours at least 12 ok
not fast enough 2.49 2.40-2.60 of ours at least 2.5 miss
alike 0.96 0.90-1.10 of one +-0.05 ok
apart 0.94 0.90-1.10 of one +-0.05 miss
just alike 1.05 0.90-1.10 of one +-0.05 ok
barely too slow 2.5004 2.40-2.60 of load at most 2.5 miss
none 0 allocation at most 0 ok
no peer - not installed at least 12
never came missing at most 1

5 ok, 4 miss, 1 missing
EOF

# ARGUMENT...: the table of the rows, without what names the machine and with single blanks.
table() {
    result=0
    python3 "$SRCDIR/bench/table.py" --targets "$work/targets.csv" "$@" <"$work/rows" >"$work/table" || result=$?
    sed 1,4d "$work/table" | tr -s ' ' >"$work/shown"
}
table --compiler "some compiler -O2" --json "$work/all.json"
[ $result = 1 ] || wrong "a row that did not come leaves the exit status at $result"
diff -u "$work/expected" "$work/shown" || wrong "the table is not as it must be"
sed -n 2p "$work/table" | grep -qx 'some compiler -O2' || wrong "the table does not name the compiler"
sed -n 3p "$work/table" | grep -q 'at least 7 rounds' || wrong "the table does not tell the least rounds"
python3 - "$work/all.json" <<'EOF' || wrong "the JSON is not what the table says"
import json, sys
read = json.load(open(sys.argv[1]))
rows = {row["row"]: row for row in read["rows"]}
assert read["compiler"] == "some compiler -O2" and read["machine"]["cores"] >= 1
assert rows["too slow"]["verdict"] == "miss" and rows["too slow"]["target"] == 1.4
assert rows["fast enough"]["verdict"] == "ok" and "verdict" not in rows["no peer"]
assert rows["never came"]["missing"] and len(rows) == 12
EOF
table --some
[ $result = 0 ] || wrong "rows that nobody asked for are missed"
if grep -q '^never came' "$work/shown"; then wrong "--some tells what is missing"; fi

# ---- the command and the Python package ----------------------------------------------------------------------

export BENCH_BYTES=300000 BENCH_ROUNDS=1

# <NAMES: these rows came and no others, whatever their figures.
came() {
    sed 's/^{"row": "\([^"]*\)".*/\1/' "$work/rows" >"$work/names"
    diff -u - "$work/names" || wrong "these rows are not those that must come"
}
commands='classify, GB a second
classify, by wc -l
classify, by grep -c
classify, memory by length
tshark, by classify'
# A sanitized library cannot be loaded into Python.
if [ -z "${SLOW_RUN:-}" ]; then
    mkdir "$work/temporary"
    TMPDIR=$work/temporary sh "$SRCDIR/bench/commands.sh" >"$work/rows" || wrong "commands.sh ends with $?"
    [ -z "$(ls "$work/temporary")" ] || wrong "commands.sh leaves its traces"
    came <<EOF
$commands
Python: classify a response
Python: the same, one release
Python: look a code up
EOF
fi

for form in sngrep pcap; do
    python3 "$SRCDIR/bench/traffic.py" 1 50000 --form $form --truth "$work/$form.json" >"$work/$form"
done
for copy in sngrep:long sngrep:short pcap:packets; do
    cp "$work/${copy%:*}" "$work/${copy#*:}"
    cp "$work/${copy%:*}.json" "$work/${copy#*:}.json"
done

# TSHARK: commands.py on these traces, with that in tshark's place.
measure() {
    BENCH_TSHARK=$work/$1 python3 "$SRCDIR/bench/commands.py" "$BUILD/sipcause" "$SRCDIR/examples/acme.yaml" "$work" \
        >"$work/rows" 2>"$work/stderr"
}
# WHAT: that is not as the traces' generator says, which must be told.
fails() {
    if measure tshark; then wrong "commands.py does not notice: $1"; fi
    grep -q "^bench: $1" "$work/stderr" || wrong "commands.py tells not of $1, but: $(tail -n 1 "$work/stderr")"
}
measure none || wrong "without tshark commands.py ends with $?"
came <<EOF
$commands
EOF
grep -q '^{"row": "tshark, by classify", "without"' "$work/rows" || wrong "that tshark is not there is not told"
printf '#!/bin/sh\necho 486\n' >"$work/tshark"
chmod +x "$work/tshark"
fails "tshark's statuses"
sed 's/"Busy"/"Bored"/' "$work/sngrep.json" >"$work/long.json"
fails 'dispositions of calls'

if [ $status = 0 ]; then
    echo "400 messages answered as generated; the table says ok, miss and missing; the command and Python are measured"
fi
exit $status
