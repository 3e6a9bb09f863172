#!/bin/sh
# What bash offers to complete: lines as they are typed, and what comes of them. Needs bash and bash-completion.

set -eu
: "${SRCDIR:=$(cd "$(dirname "$0")/.." && pwd)}" "${BUILD:=$SRCDIR/build}"
library=/usr/share/bash-completion/bash_completion
if ! command -v bash >/dev/null 2>&1 || [ ! -f $library ]; then
    echo "bash-completion is not there: what bash completes is not tested"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$SRCDIR/examples/acme.yaml" "$SRCDIR/examples/trace.txt" "$work/"
cp "$SRCDIR/cli/completion.bash" "$work/"
cd "$work"

cat >run.bash <<END
. $library
. ./completion.bash
COMP_WORDBREAKS=\$' \\t\\n"\\'><=;|&(:'
PATH=$BUILD:\$PATH
compopt() { :; }
status=0 count=0
# LINE, then words that must be offered, and after a ! words that must not.
offers() {
    local word not=0 found
    COMP_LINE=\$1 COMP_POINT=\${#1} COMPREPLY=()
    read -ra COMP_WORDS < <(sed -e 's/[:=]/ & /g' <<<"\$1")
    if [[ \$1 == *' ' || \$1 == *[:=] ]]; then COMP_WORDS+=(''); fi
    if [[ \$1 == *[:=] ]]; then unset 'COMP_WORDS[-1]'; fi
    COMP_CWORD=\$((\${#COMP_WORDS[@]} - 1))
    _sipcause
    count=\$((count + 1))
    shift
    for word; do
        if [[ \$word == ! ]]; then not=1; continue; fi
        found=0
        printf '%s\\n' "\${COMPREPLY[@]}" | grep -qxF -e "\$word" && found=1
        if [[ \$found == "\$not" ]]; then
            echo "\$COMP_LINE: \$word, but it offers: \${COMPREPLY[*]}"
            status=1
        fi
    done
}
offers 'sipcause ' classify lookup translate reason show profiles explain help --version
offers 'sipcause cl' classify ! lookup
offers 'sipcause help tr' translate
offers 'sipcause check --rule bad' bad-cause= bad-protocol=
offers 'sipcause check --rule=bad-cause=n' note
offers 'sipcause diff def' default
offers 'sipcause help ru' rules
offers 'sipcause classify --' --summary --fail-on --json --redact --help ! --strict --redress
offers 'sipcause reason --' --strict --json ! --summary
offers 'sipcause lookup -m ' default rfc3398 acme.yaml
offers 'sipcause lookup -m d' default ! rfc3398 acme.yaml
offers 'sipcause lookup --mapping rf' rfc3398
offers 'sipcause lookup --mapping=rf' rfc3398
offers 'sipcause lookup sip:60' 603 607 608 ! 404 503
offers 'sipcause lookup q850:3' 34 38
offers 'sipcause lookup -m acme.yaml carrier:6' 601 602 610
offers 'sipcause lookup car' ! carrier:601
offers 'sipcause classify --fail-on un' unmapped-carrier-code unmapped-status unknown-protocol
offers 'sipcause classify --fail-on=near' near-603plus
offers 'sipcause show --format ' text json yaml
offers 'sipcause show --format=j' json ! yaml
offers 'sipcause translate --redress u' url= ! email=
offers 'sipcause classify tr' trace.txt ! acme.yaml
offers 'sipcause classify --json ' trace.txt acme.yaml
offers 'sipcause show ' ! trace.txt
if [[ \$status == 0 ]]; then echo "\$count lines are completed"; fi
exit \$status
END
bash --norc --noprofile run.bash
