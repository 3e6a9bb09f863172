# shellcheck shell=bash
# Completes the sipcause command in bash, by what the command itself says: its subcommands and their options
# (sipcause help), profiles, rules, flags and the codes of the table that -m names.

# The options of a subcommand: every word of its help that begins with a hyphen.
_sipcause_options() {
    "$1" help "$2" 2>/dev/null | tr -c 'a-zA-Z0-9-' '\n' | grep -E '^(-[a-zA-Z]|--[a-z][a-z-]*)$' | sort -u
    echo --help
}

# Whether the option takes a word: its help says which, in capitals.
_sipcause_takes() {
    case $3 in
        -m | --mapping) return 0 ;;
        -*) "$1" help "$2" 2>/dev/null | grep -qE -e "(^| |\[)$3 [A-Z][A-Z=-]*" ;;
        *) return 1 ;;
    esac
}

# What may stand behind an option.
_sipcause_value() {
    case $3 in
        -m | --mapping)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -W "$("$1" profiles 2>/dev/null | awk '{ print $1 }')" -- "$4"
                compgen -f -- "$4")
            ;;
        --fail-on)
            mapfile -t COMPREPLY < <(compgen -W "$("$1" help rules | awk '{ print $1 }') $("$1" help flags)" -- "$4")
            ;;
        --rule)
            compopt -o nospace
            case $4 in
                *=*) mapfile -t COMPREPLY < <(compgen -P "${4%%=*}=" -W "off note warning error" -- "${4#*=}") ;;
                *) mapfile -t COMPREPLY < <(compgen -S = -W "$("$1" help rules | awk '{ print $1 }')" -- "$4") ;;
            esac
            ;;
        --severity) mapfile -t COMPREPLY < <(compgen -W "note warning error" -- "$4") ;;
        --format)
            mapfile -t COMPREPLY < <(compgen -W "text json yaml" -- "$4")
            ;;
        --redress)
            compopt -o nospace
            mapfile -t COMPREPLY < <(compgen -S = -W "url tel email id location" -- "$4")
            ;;
    esac
}

# The codes of the table: COMMAND MAPPING WORD.
_sipcause_codes() {
    mapfile -t COMPREPLY < <(compgen -W "$("$1" show ${2:+-m "$2"} 2>/dev/null |
        awk '/^CODE / { rows = 1; next } rows && $1 ~ /^[a-z0-9-]+:[^:]+$/ && $1 !~ /^(local|no-cause):/ { print $1 }')" \
        -- "$3")
}

_sipcause() {
    local cur prev words cword
    _init_completion -n := || return
    local command=${words[0]} subcommand=${words[1]} mapping='' at
    # The shell does not expand the name it completes.
    command=${command/#\~\//"$HOME/"}

    if ((cword == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$("$command" help 2>/dev/null |
            sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p') --help --version" -- "$cur")
        return
    fi
    for ((at = 2; at < cword; at++)); do
        case ${words[at]} in
            -m | --mapping) mapping=${words[at + 1]} ;;
            --mapping=*) mapping=${words[at]#*=} ;;
        esac
    done

    if [[ $cur == --*=* ]] && _sipcause_takes "$command" "$subcommand" "${cur%%=*}"; then
        local option=${cur%%=*}
        _sipcause_value "$command" "$subcommand" "$option" "${cur#*=}"
        COMPREPLY=("${COMPREPLY[@]/#/$option=}")
    elif ((cword > 2)) && _sipcause_takes "$command" "$subcommand" "$prev"; then
        _sipcause_value "$command" "$subcommand" "$prev" "$cur"
    elif [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_sipcause_options "$command" "$subcommand")" -- "$cur")
    else
        case $subcommand in
            help)
                mapfile -t COMPREPLY < <(compgen -W "$("$command" help 2>/dev/null |
                    sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p') rules flags" -- "$cur")
                ;;
            lookup | translate) _sipcause_codes "$command" "$mapping" "$cur" ;;
            show | profiles | reason) ;;
            check | diff)
                _sipcause_value "$command" "$subcommand" -m "$cur"
                ;;
            *)
                compopt -o filenames
                mapfile -t COMPREPLY < <(compgen -f -- "$cur")
                ;;
        esac
    fi
    # To bash a word ends at "=" and ":", where COMP_WORDBREAKS says so.
    if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then
        local before=${cur%"${cur##*=}"}
        COMPREPLY=("${COMPREPLY[@]#"$before"}")
    fi
    if declare -F __ltrim_colon_completions >/dev/null; then __ltrim_colon_completions "$cur"; fi
} &&
    complete -F _sipcause sipcause
