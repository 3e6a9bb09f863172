#!/bin/sh
# The same calls classified twice: by the standards alone, then with the mapping file of the
# carrier that sent them. Run by "make demo"; SIPCAUSE names another command to run.

set -eu
cd "$(dirname "$0")/.."
sipcause=${SIPCAUSE:-build/sipcause}
trace=examples/trace.txt
mapping=examples/acme.yaml

before=$("$sipcause" classify --json --summary "$trace")
after=$("$sipcause" classify --json --summary -m "$mapping" "$trace")

# JSON KEY: the text or number of a key, "" where it is null or not there.
value() {
    printf '%s\n' "$1" | sed -n "s/.*\"$2\":\"\{0,1\}\([^\",}]*\).*/\1/p" | sed 's/^null$//'
}

# CALLS PATTERN: the first call that the pattern fits.
call() {
    printf '%s\n' "$1" | sed -n "/$2/{p;q;}"
}

# SUMMARY DISPOSITION: "count share" of one disposition, "0 0" where no call has it.
row() {
    found=$(printf '%s\n' "$1" | sed -n \
        "s/.*\"disposition\":\"$2\",\"count\":\([0-9]*\),\"share\":\([0-9.eE+-]*\).*/\1 \2/p")
    echo "${found:-0 0}"
}

echo "Four calls of $trace, without and with the carrier's file $mapping:"
echo
line() { printf '  %-24s  %-22s  %-5s   %-22s  %s\n' "$@"; }
line "On the wire" Without Route With Route
for pattern in '"status":503,.*"carrier":601,' '"status":499,.*"carrier":602,' \
    '"status":499,.*"carrier":"D35",' '"status":603,.*"notice":{'; do
    plain=$(call "$before" "$pattern")
    mapped=$(call "$after" "\"call_id\":\"$(value "$plain" call_id)\"")
    code=$(value "$plain" carrier)
    wire="$(value "$plain" status)${code:+, X-Cause-Code: $code}"
    case $plain in *'"notice":{'*) wire="603+ (Network Blocked)" ;; esac
    line "$wire" "$(value "$plain" disposition)" "$(value "$plain" route)" \
        "$(value "$mapped" disposition)" "$(value "$mapped" route)"
done

echo
echo "Without:   sipcause classify --summary $trace"
echo
"$sipcause" classify --summary "$trace"
echo
echo "With:   sipcause classify --summary -m $mapping $trace"
echo
"$sipcause" classify --summary -m "$mapping" "$trace"
echo

before=$(printf '%s\n' "$before" | tail -n 1)
after=$(printf '%s\n' "$after" | tail -n 1)
unknown=$(value "$before" unmapped-carrier-code)
left=$(value "$after" unmapped-carrier-code)
echo "${unknown:-0} of $(value "$before" calls) calls carry a code of the carrier's own that the standards do" \
    "not know; the file leaves ${left:-0}."
echo
echo "Share of all calls         without           with"
for disposition in "Network Error" "Unknown" "Fraud \\/ Security Block"; do
    echo "$(row "$before" "$disposition") $(row "$after" "$disposition") $disposition"
done | awk '{
    name = $5; for (i = 6; i <= NF; i++) name = name " " $i
    gsub(/\\/, "", name)
    printf "  %-22s %3d  %5.1f %%     %3d  %5.1f %%\n", name, $1, 100 * $2, $3, 100 * $4
}'
