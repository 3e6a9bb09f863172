#!/bin/sh
# The same calls classified twice: by the standards alone, then with the mapping file of the
# carrier that sent them. Run by "make demo"; SIPCAUSE names another command to run.

set -eu
cd "$(dirname "$0")/.."
sipcause=${SIPCAUSE:-build/sipcause}
trace=examples/trace.txt
mapping=examples/acme.yaml

# The last line of JSON, {"summary":{"calls":N,"dispositions":[{"disposition":...,"count":N,...}]}}
summary() {
    "$sipcause" classify --json --summary "$@" "$trace" | tail -n 1
}

# SUMMARY DISPOSITION: "count share" of one disposition, "0 0" where no call has it.
row() {
    found=$(printf '%s\n' "$1" | sed -n \
        "s/.*\"disposition\":\"$2\",\"count\":\([0-9]*\),\"share\":\([0-9.eE+-]*\).*/\1 \2/p")
    echo "${found:-0 0}"
}

echo "1. The standards alone:   sipcause classify $trace"
echo
"$sipcause" classify "$trace"
echo
echo "2. With the carrier's file:   sipcause classify -m $mapping $trace"
echo
"$sipcause" classify -m "$mapping" "$trace"
echo

before=$(summary)
after=$(summary -m "$mapping")
echo "Share of all calls         without     with $mapping"
for disposition in "Network Error" "Unknown"; do
    echo "$(row "$before" "$disposition") $(row "$after" "$disposition") $disposition"
done | awk '{
    name = $5; for (i = 6; i <= NF; i++) name = name " " $i
    printf "  %-20s %4d  %5.1f %%   %4d  %5.1f %%\n", name, $1, 100 * $2, $3, 100 * $4
}'
