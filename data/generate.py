#!/usr/bin/env python3
"""Writes lib/builtin.c, man/sipcause.7, data/mapping.schema.json and Python's words from data/*.csv, and Python's
structures from include/sipcause.h.

Usage: python3 data/generate.py [--output DIR]

DIR, by default the root of the source tree, receives each file under the path that it has there. The
CSV files are read and checked by standards.py; manual.py writes the manual page, schema.py the schema, python.py what
Python needs. Only the standard library of Python 3.9 is used, and the same input always gives the same bytes.

SPDX-License-Identifier: MIT
"""
import argparse
import pathlib
import re
import sys

sys.dont_write_bytecode = True

from manual import write_manual  # noqa: E402 (after dont_write_bytecode)
from python import write_abi, write_words as write_python_words  # noqa: E402
from schema import write_schema  # noqa: E402
from standards import DATA, LAYOUT, LISTS, BadRow, read_model  # noqa: E402

# What all built-in tables share.
PRECEDENCE = ("carrier", "q850", "sip")
AFTER_Q850 = ("freeswitch", "preemption", "release-cause", "failure-cause")
CAUSE_HEADERS = (("X-Cause-Code", "carrier"),)
# The spaces whose codes have slots, and where value 0 of each would stand; the rows of the others follow theirs.
SLOTTED = {"sip": LAYOUT["SLOT_SIP"], "q850": LAYOUT["SLOT_Q850"], "fallback": LAYOUT["SLOT_FALLBACK"]}


# ---- writing C -----------------------------------------------------------------------------------


def c_string(text):
    if text is None:
        return "NULL"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def c_name(text):
    return re.sub("[^A-Za-z0-9]+", "_", text)


def c_enumerator(name, word):
    return f"SIPCAUSE_{word.enumerator or f'{name}_{word.name}'.upper().replace('-', '_')}"


def c_location(word):
    if word is None:
        return "SIPCAUSE_LOCATION_NONE"
    return str(word.number) if word.enumerator == "-" else c_enumerator("location", word)


def wrapped(items, indent="    ", width=110):
    """The items with commas between them, in lines."""
    lines, line = [], ""
    for item in items:
        if line and len(line) + len(item) + 2 > width:
            lines.append(indent + line)
            line = ""
        line += ("" if not line else " ") + item + ","
    return "\n".join([*lines, indent + line]) if line else ""


def array(declaration, items):
    return f"{declaration} = {{\n" + "".join(f"    {item},\n" for item in items) + "};\n"


def write_asserts(words):
    lines = []
    for name in LISTS:
        for word in words[name]:
            if word.enumerator != "-":
                number = -word.number if name == "error" else word.number
                lines.append(f'_Static_assert({c_enumerator(name, word)} == {number}, "data/words.csv");\n')
    lines += [f'_Static_assert({name} == {number}, "data/generate.py");\n' for name, number in LAYOUT.items()]
    return "".join(lines) + "\n"


def write_words(words):
    parts = []
    for name in LISTS:
        items = [f"{{{word.number}, {c_string(word.name)}}}" for word in words[name]]
        parts.append(array(f"const word words_{name}[]", items)
                     + f"const size_t words_{name}_count = sizeof words_{name} / sizeof words_{name}[0];\n")
    meanings = [c_string(word.meaning) for word in words["location"]]
    parts.append(array("const char *const location_meanings[16]", meanings))
    severities = [f"[{c_enumerator('rule', word)}] = SIPCAUSE_SEVERITY_{word.severity.upper()}"
                  for word in words["rule"]]
    parts.append(array("const uint8_t rule_severities[96]", severities))
    return "\n".join(parts)


def space_enumerator(space):
    return "SPACE_FALLBACK" if space == "fallback" else f"SIPCAUSE_SPACE_{space.upper().replace('-', '_')}"


def write_names(protocols, registered):
    items = [f"{{{c_string(name)}, {space_enumerator(space)}}}" for name, space in protocols]
    text = array("const protocol protocols[]", items)
    text += "const size_t protocols_count = sizeof protocols / sizeof protocols[0];\n\n"
    items = [f"{{{space_enumerator(row.space)}, {row.value}, {c_string(row.name)}, {c_string(row.key)}}}"
             for row in registered]
    text += array("const standard_name standard_names[]", items)
    text += "const size_t standard_names_count = sizeof standard_names / sizeof standard_names[0];\n\n"
    slots = [0] * LAYOUT["SLOT_FALLBACK"]
    for number, row in enumerate(registered, 1):
        if row.space in SLOTTED:
            slots[SLOTTED[row.space] + row.value] = number
    return text + f"const uint16_t standard_slots[SLOT_FALLBACK] = {{\n{wrapped(map(str, slots))}\n}};\n"


def c_three(outcome, party, route):
    words = (("OUTCOME", outcome), ("PARTY", party), ("ROUTE", route))
    return ", ".join(f"SIPCAUSE_{kind}_{name.upper().replace('-', '_')}" for kind, name in words)


def write_dispositions(dispositions):
    items = [f"{{{c_string(name)}, {c_three(*three)}, 0}}" for name, three in dispositions.items()]
    return array("static const disposition dispositions[]", items) + """
/* A row's entry; UNMAPPED: its code is mapped under conditions only. */
#define ENTRY(id, label, name, outcome, party, route, flags, when)                                           \\
    {sizeof(sipcause_entry), id, label, name, NULL, "built-in", 0, outcome, party, route, flags, when, 0, 0, {0}}
#define UNMAPPED(name, when) ENTRY(0, NULL, name, 0, 0, 0, 0, when)
#define UNINFORMATIVE SIPCAUSE_ENTRY_UNINFORMATIVE
"""


def c_entry(meaning, name, dispositions, count=0):
    if meaning is None:
        return f"UNMAPPED({c_string(name)}, {count})"
    number = list(dispositions).index(meaning.disposition)
    flags = "UNINFORMATIVE" if meaning.uninformative else "0"
    return f"ENTRY({number}, {c_string(meaning.disposition)}, {c_string(name)}, {c_three(*meaning[1:4])}, {flags}, {count})"


def c_when(when):
    """The initializer of a struct condition."""
    fields = {"location": "locations", "method": "methods"}
    items, parts = [], []
    for name, value in when:
        if name == "warning":
            parts += [f"{{PART_WARNING, 0, {code}, NULL}}" for code in value]
        elif name == "text":
            parts += [f"{{PART_TEXT, 0, 0, {c_string(pattern)}}}" for pattern in value]
        else:
            items.append(f".{fields.get(name, name)} = {value if isinstance(value, str) else f'0x{value:04x}'}")
    if parts:
        items = [f".parts = (const condition_part[]){{{', '.join(parts)}}}", f".part_count = {len(parts)}", *items]
    return "{" + (", ".join(items) or "0") + "}"


def write_rows(suffix, rows, dispositions):
    """rows and refinements of one set of rows, and where they are."""
    refined, items = [], []
    for row in rows:
        first = len(refined) if row.refinements else 0
        items.append(f"{{{c_entry(row.meaning, row.name, dispositions, len(row.refinements))},\n     "
                     f"{{{space_enumerator(row.space)}, 0, {row.value}}}, {first}}}")
        refined += [f"{{{c_entry(r.meaning, r.name, dispositions)},\n     {c_when(r.when)}}}" for r in row.refinements]
    return (array(f"static const row rows_{suffix}[]", items) + "\n"
            + array(f"static const refinement refinements_{suffix}[]", refined) + "\n"
            + f"static const row *const by_slot_{suffix}[SLOT_COUNT] = {{\n{wrapped(by_slot(rows, suffix))}\n}};\n")


def by_slot(rows, suffix):
    """The address of each slot's row, but for codes that are mapped under conditions only."""
    numbers = enumerate(row for row in rows if row.space in SLOTTED)
    return [f"[{SLOTTED[row.space] + row.value}] = rows_{suffix} + {number}" for number, row in numbers
            if row.meaning or row.space == "fallback"]


def write_rules(written, direction, profile, rules):
    """The name of an array with these rules, and its text when no profile before has the same."""
    content = tuple(rules)
    if (direction, content) in written:
        return written[direction, content], ""
    name = f"{direction}_{c_name(profile.name)}"
    written[direction, content] = name
    special = {0: "SIPCAUSE_FROM_DEFAULT", 1: "SIPCAUSE_FROM_BYE", 2: "SIPCAUSE_FROM_CANCEL"} if direction == "to_isup" else {}
    items = [f"{{{special.get(rule.origin, rule.origin)}, {rule.to}, {c_location(rule.location)}, {rule.flags}, {{0, 0}}, "
             f"{c_when(rule.when)}}}" for rule in rules]
    return name, array(f"static const interwork_rule {name}[]", items) + "\n"


def write_interwork(profile, to_isup, to_sip):
    return f"""static const interwork_rules interwork_{c_name(profile.name)} = {{
    {to_isup}, {to_sip},
    sizeof {to_isup} / sizeof {to_isup}[0],
    sizeof {to_sip} / sizeof {to_sip}[0],
    {{
{wrapped(map(c_location, profile.locations), "        ")}
    }},
    {{{{0, 0}}}}, 0
}};
"""


def write_table(profile, rows, slotted):
    name, count = c_name(profile.name), "sizeof {0} / sizeof {0}[0]".format
    parts = [f"{part}_{rows}" for part in ("rows", "refinements", "by_slot")]
    sizes = " + ".join(f"sizeof {part}" for part in [*parts, "dispositions"])
    return f"""
static const sipcause_table table_{name} = {{
    .name = {c_string(profile.name)},
    .file = "built-in",
    .rows = {parts[0]},
    .by_slot = {parts[2]},
    .refinements = {parts[1]},
    .dispositions = dispositions,
    .cause_headers = cause_headers,
    .precedence = precedence,
    .asked = asked,
    .interwork = &interwork_{name},
    .row_count = {count(parts[0])},
    .slotted_count = {slotted},
    .refinement_count = {count(parts[1])},
    .disposition_count = {count('dispositions')},
    .cause_header_count = {count('cause_headers')},
    .precedence_count = {count('precedence')},
    .asked_count = {count('asked')},
    .built_in = 1,
    .effective = SIPCAUSE_ALWAYS,
    .bytes = sizeof(sipcause_table) + {sizes}
}};
"""


def write_order():
    """What all built-in tables share: cause headers and precedence."""
    asked = []
    for space in PRECEDENCE:
        asked += [space, *AFTER_Q850] if space == "q850" else [space]
    headers = [f"{{{c_string(name)}, NULL, {space_enumerator(space)}, 0, {{0}}, {{0}}}}"
               for name, space in CAUSE_HEADERS]
    return "\n".join([array("static const sipcause_cause_header cause_headers[]", headers),
                      array("static const uint16_t precedence[]", map(space_enumerator, PRECEDENCE)),
                      array("static const uint16_t asked[]", map(space_enumerator, asked))])


def write_profiles(model):
    parts, written, row_sets = [], {}, {}
    for profile in model.profiles:
        key = None if profile.map is None else tuple(profile.map)
        if key not in row_sets:
            rows = [row for row in model.rows if key is None or f"{row.space}:{row.value}" in key]
            slotted = sum(row.space in SLOTTED for row in rows)
            row_sets[key] = "all" if key is None else c_name(profile.name), slotted
            parts.append(write_rows(row_sets[key][0], rows, model.dispositions))
        to_isup, isup_text = write_rules(written, "to_isup", profile, profile.to_isup)
        to_sip, sip_text = write_rules(written, "to_sip", profile, profile.to_sip)
        parts.append(isup_text + sip_text + write_interwork(profile, to_isup, to_sip)
                     + write_table(profile, *row_sets[key]))
    items = [f"{{{c_string(profile.name)},\n     {c_string(profile.description)},\n     &table_{c_name(profile.name)}}}"
             for profile in model.profiles]
    parts.append(array("const profile profiles[]", items)
                 + "const size_t profiles_count = sizeof profiles / sizeof profiles[0];\n")
    return "\n".join(parts)


def write_builtin(model):
    head = ("/*\n * builtin.c - generated by data/generate.py from the CSV files in data; do not edit.\n *\n"
            " * SPDX-License-Identifier: MIT\n */\n#include \"internal.h\"\n\n")
    return head + "\n".join([write_asserts(model.words) + write_words(model.words),
                             write_names(model.protocols, model.registered),
                             write_dispositions(model.dispositions), write_order(), write_profiles(model)])


# ---- the whole -----------------------------------------------------------------------------------

# Each generated file: its path in the source tree and what writes it.
OUTPUTS = {"lib/builtin.c": write_builtin, "man/sipcause.7": write_manual, "data/mapping.schema.json": write_schema,
           "python/sipcause/_abi.py": write_abi, "python/sipcause/_words.py": write_python_words}


def main():
    parser = argparse.ArgumentParser(description="Writes the generated files of libsipcause from data/*.csv.")
    parser.add_argument("--output", metavar="DIR", type=pathlib.Path, default=DATA.parent,
                        help="default: the source tree")
    output = parser.parse_args().output
    try:
        model = read_model()
        texts = {path: write(model) for path, write in OUTPUTS.items()}
    except (BadRow, OSError, UnicodeError) as error:
        sys.exit(f"generate.py: {error}")
    for path, text in texts.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(text.encode("ascii"))


if __name__ == "__main__":
    main()
