"""Writes man/sipcause.7: the text of man/sipcause.7.in with the tables of data/*.csv in it.

A line @NAME@ of the template is replaced by the table of that name. Each sentence stands on a line of its
own, as mdoc wants it.

SPDX-License-Identifier: MIT
"""
import re
import textwrap

from standards import DATA, LAYOUT, LISTS, REASON_SPACES, BadRow

TEMPLATE = "man/sipcause.7.in"
BASE = "rfc3398"  # the profile whose interworking rules are shown whole
FIRST_MAP_RULE, FIRST_LOAD_RULE = 40, 70  # the rules before are of the wire, and of mapping files


def escaped(text):
    """Text as roff prints it; a line that begins with it is no request."""
    text = text.replace("\\", "\\e").replace('"', "\\(dq")
    return "\\&" + text if text[:1] in (".", "'") else text


def sentence(text):
    is_key = text.split(" ")[0].endswith(":")  # "extends: none" is written as it stands
    return escaped(text if is_key else text[0].upper() + text[1:]) + "."


def items(pairs, width="Ds"):
    """A list of tags and their lines."""
    lines = [f".Bl -tag -width {width} -compact"]
    for tag, texts in pairs:
        lines += [f".It {tag}", *texts]
    return "\n".join([*lines, ".El"])


def cell(text):
    """One cell of a list of columns: never empty, and no word of it a macro."""
    return re.sub(r"\b([A-Z][a-z][a-z]?)\b", r"\\&\1", text) or "\\&"


def columns(widths, head, rows):
    lines = [".Bl -column -compact " + " ".join(f'"{width}"' for width in widths),
             ".It " + " Ta ".join(f"Sy {name}" for name in head)]
    lines += [".It " + " Ta ".join(cell(text) for text in row) for row in rows]
    return "\n".join([*lines, ".El"])


# ---- what codes mean -----------------------------------------------------------------------------


def location_words(mask, words):
    names = [word.name for word in words["location"] if mask >> word.number & 1]
    others = [word.name for word in words["location"] if not mask >> word.number & 1]
    if len(names) <= len(others):
        return "with the location " + " or ".join(names)
    return "with any other location than " + " and ".join(others)


def condition_words(when, words):
    """The conditions of a refinement or a rule: "in a CANCEL"."""
    fixed = {("alerted", "YES"): "after a 180", ("progressed", "YES"): "after any provisional response but 100",
             ("notice", "YES"): "as a whole 603+", ("diagnostic", "YES"): "with a diagnostic",
             ("answered", "NO"): "before an answer"}
    texts = []
    for name, value in when:
        if name == "location":
            texts.append(location_words(value, words))
        elif name == "method":
            names = [word.name.upper() for word in words["method"] if value >> word.number & 1]
            texts.append("in a " + " or ".join(names))
        elif name == "warning":
            texts.append("with a Warning " + " or ".join(map(str, value)))
        elif name == "text":
            texts.append("with the text " + " or ".join(escaped(f'"{pattern}"') for pattern in value))
        elif (name, value) in fixed:
            texts.append(fixed[name, value])
        else:
            raise BadRow(f"data/manual.py: no words for the condition {name} {value}")
    return " and ".join(texts)


def meaning_words(meaning, dispositions):
    """The disposition; its outcome, party and route where they are not its own."""
    three = meaning[1:4]
    text = escaped(meaning.disposition)
    if three != dispositions[meaning.disposition]:
        text += f" ({', '.join(three)})"
    return text + (": uninformative." if meaning.uninformative else ".")


def row_lines(row, model):
    first = f"{escaped(row.name)}: " if row.name else ""
    lines = [first + (meaning_words(row.meaning, model.dispositions) if row.meaning else "not mapped.")]
    for refined in row.refinements:
        condition = condition_words(refined.when, model.words)
        lines.append(f"{condition[0].upper()}{condition[1:]}: {meaning_words(refined.meaning, model.dispositions)}")
    return lines


def code_table(model, space):
    """A space's codes; a code that had another number before stands there once."""
    mapped = {row.value: row for row in model.rows if row.space == space}
    rows = [mapped.get(row.value, row) for row in model.registered if row.space == space]
    before = {row.name: row.value for row in rows if not row.key}
    tags = {row.value: f"{row.value}, {before[row.name]}" if row.name in before else str(row.value) for row in rows}
    return items(((tags[row.value], row_lines(row, model)) for row in rows if row.key),
                 '"000, 000"' if before else "000")


def fallback_table(model):
    def tag(number):
        if number < LAYOUT["FALLBACK_DEFAULT"]:
            return f"{number}xx"
        if number == LAYOUT["FALLBACK_DEFAULT"]:
            return "default"
        kind = "local" if number > LAYOUT["FALLBACK_LOCAL"] else "no_cause"
        start = LAYOUT["FALLBACK_LOCAL" if kind == "local" else "FALLBACK_NO_CAUSE"]
        name = next(word.name for word in model.words[kind] if word.number == number - start)
        return f"{kind.replace('_', '-')}: {name}"

    rows = [row for row in model.rows if row.space == "fallback"]
    return items(((tag(row.value), row_lines(row, model)) for row in rows), '"no-cause: cancelled"')


def disposition_table(model):
    rows = ((escaped(name), *three) for name, three in model.dispositions.items())
    return columns(("Authentication Failure", "answered-elsewhere", "unknown", "amend"),
                   ("Disposition", "Outcome", "Party", "Route"), rows)


def space_table(model):
    def meaning(word):
        protocol = word.number >= 16  # what stands there is where the protocol is defined
        return sentence(f"the Reason protocol of {word.meaning}" if protocol else word.meaning)

    return items(((f"Cm {word.name}", [meaning(word)]) for word in model.words["space"]
                  if word.name not in ("none", "token")), "failure-cause")


def location_table(model):
    return columns(("LOC-15", "00", "private network serving the remote user"), ("Name", "Number", "Meaning"),
                   ((word.name, str(word.number), word.meaning) for word in model.words["location"]))


def word_table(model, name):
    """One of the closed lists."""
    width = {"flag": "unmapped-carrier-code", "method": "cancel", "coding": "national"}.get(name, "answered-elsewhere")
    return items(((f"Cm {word.name}", [sentence(word.meaning)] if word.meaning else [])
                  for word in model.words[name]), width)


def shown_lines(folder):
    """What a folder of the tests shows, as literal text; bytes that are no ASCII as <0xff>. Nothing: no lines."""
    for name in ("map.yaml", "message"):
        path = DATA.parent / "tests" / folder / name
        if path.exists():
            text = "".join(chr(byte) if byte in range(32, 127) or byte == 10 else f"<0x{byte:02x}>"
                           for byte in path.read_bytes().replace(b"\r", b""))
            return [".Bd -literal -offset indent", *map(escaped_line, text.rstrip("\n").split("\n")), ".Ed"]
    return []


def escaped_line(line):
    line = line.replace("\\", "\\e")
    return "\\&" + line if line[:1] in (".", "'") else line


def rule_lines(rule, why):
    """One rule: its severity, the wrong lines, why they hurt, the right ones."""
    wrong, right = shown_lines(f"invalid/{rule.name}"), shown_lines(f"valid/{rule.name}")
    reason = re.split(r"(?<=[.:]) (?=[A-Z0-9])", escaped(why))
    return [f"{rule.severity.capitalize()}:" if wrong else f"{rule.severity.capitalize()}.", *wrong, *reason,
            *([".Pp", "Right:", *right] if right else [])]


def described_rules(model, first, end):
    lines = [".Bl -tag -width Ds"]
    for rule in model.words["rule"]:
        if first <= rule.number < end:
            lines += [f".It Cm {rule.name}", *rule_lines(rule, model.reasons[rule.name])]
    return "\n".join([*lines, ".El"])


# ---- interworking --------------------------------------------------------------------------------


def location_cell(rule, profile):
    if not rule.to:
        return ""
    by_class = set(profile.locations[3:7]) if rule.origin == 0 else {profile.locations[
        rule.origin if rule.origin < 100 else rule.origin // 100]}
    if rule.location or len(by_class) == 1:
        return (rule.location or by_class.pop()).name
    return "by class"


def rule_rows(rules, model, profile, to_isup):
    names = {0: "any other", 1: "BYE", 2: "CANCEL", 3: "3xx"} if to_isup else {0: "any other"}
    for rule in rules:
        origin = names.get(rule.origin, str(rule.origin))
        cells = [origin, str(rule.to) if rule.to else "none"]
        if to_isup:
            cells.append(location_cell(rule, profile))
        yield (*cells, condition_words(rule.when, model.words))


def rule_table(model, profile, direction):
    to_isup = direction == "to_isup"
    rules = getattr(profile, direction)
    base = getattr(next(one for one in model.profiles if one.name == BASE), direction)
    changed = [rule for rule in rules if rule not in base]
    if changed and len(rules) - len(changed) > len(base) // 2:
        rules = changed  # a profile that is laid over the base: only what differs
    head = ("SIP", "Cause", "Location", "When") if to_isup else ("Cause", "SIP", "When")
    widths = ("any other", "Cause", "Location", "with a Warning") if to_isup else ("any other", "none", "with it")
    return columns(widths, head, rule_rows(rules, model, profile, to_isup))


def profile_table(model):
    return items(((f"Cm {profile.name}", [sentence(profile.description)]) for profile in model.profiles),
                 "fcc-2026")


# ---- the whole -----------------------------------------------------------------------------------


def tables(model):
    made = {space: code_table(model, space) for space in ("sip", "q850", "freeswitch", *REASON_SPACES)}
    made |= {"fallbacks": fallback_table(model), "dispositions": disposition_table(model),
             "spaces": space_table(model), "locations": location_table(model), "profiles": profile_table(model),
             "wire rules": described_rules(model, 0, FIRST_MAP_RULE),
             "map rules": described_rules(model, FIRST_MAP_RULE, FIRST_LOAD_RULE),
             "load rules": described_rules(model, FIRST_LOAD_RULE, 1000)}
    for name in LISTS:
        if name in ("outcome", "party", "route", "block", "source", "flag", "method", "coding"):
            made[name] = word_table(model, name)
    for profile in model.profiles:
        for direction in ("to_isup", "to_sip"):
            made[f"{profile.name} {direction}"] = rule_table(model, profile, direction)
    return made


def folded(lines):
    """No text line over 80 bytes; literal lines and macros stay as they are."""
    literal = False
    for line in lines:
        literal = literal and line != ".Ed" or line.startswith(".Bd -literal")
        if literal or line.startswith(".") or len(line) <= 80:
            yield line
        else:
            yield from textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False)


def write_manual(model):
    made, lines = tables(model), []
    for number, line in enumerate((DATA.parent / TEMPLATE).read_text(encoding="ascii").splitlines(), 1):
        table = line.strip("@")
        if line != f"@{table}@":
            lines.append(line)
        elif table in made:
            lines += made[table].splitlines()
        else:
            raise BadRow(f"{TEMPLATE}:{number}: there is no table '{table}'")
    head = f".\\\" Generated by data/generate.py from {TEMPLATE} and the CSV files in data; do not edit.\n"
    return head + "\n".join(folded(lines)) + "\n"
