"""Reads data/*.csv and checks every row; generate.py writes what they say.

The first bad row raises BadRow, whose text is "file:line: what is wrong".

SPDX-License-Identifier: MIT
"""
import csv
import pathlib
import re
import shlex
from collections import namedtuple

DATA = pathlib.Path(__file__).resolve().parent

# What lib/internal.h says; _Static_assert in the output holds the two together.
LAYOUT = {"SLOT_SIP": 0, "SLOT_Q850": 768, "SLOT_FALLBACK": 896, "SLOT_COUNT": 920,
          "FALLBACK_CLASS": 0, "FALLBACK_DEFAULT": 7, "FALLBACK_NO_CAUSE": 8, "FALLBACK_LOCAL": 13,
          "FALLBACK_COUNT": 24, "SIPCAUSE_FROM_DEFAULT": 0, "SIPCAUSE_FROM_BYE": 1, "SIPCAUSE_FROM_CANCEL": 2, "SPACE_FALLBACK": 255}
REASON_SPACES = ("preemption", "release-cause", "failure-cause", "stir")  # those of reason_causes.csv
LISTS = ("outcome", "party", "route", "block", "source", "side", "local", "no_cause", "flag", "severity",
         "rule", "location", "method", "coding", "fate", "difference_kind", "space", "error")

Word = namedtuple("Word", "number name meaning severity enumerator")
Meaning = namedtuple("Meaning", "disposition outcome party route uninformative")
Row = namedtuple("Row", "space value name key meaning refinements")  # meaning is None: under conditions only
Refinement = namedtuple("Refinement", "when meaning name")
Rule = namedtuple("Rule", "origin to location flags when")  # location: a Word; None: that of the class
Profile = namedtuple("Profile", "name description map to_isup to_sip locations")
Model = namedtuple("Model", "words dispositions protocols rows registered profiles reasons")


def key_of(name):
    """The name as codes are written with it: "busy-here"."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


class BadRow(Exception):
    """A row that cannot be used; its text begins with file:line."""


# ---- reading -------------------------------------------------------------------------------------


class Record(dict):
    """One row of a CSV file; knows where it stands."""

    def __init__(self, place, fields):
        super().__init__(fields)
        self.place = place

    def refuse(self, sentence):
        raise BadRow(f"{self.place}: {sentence}")

    def need(self, condition, sentence):
        if not condition:
            self.refuse(sentence)

    def number(self, column, low, high):
        text = self[column]
        self.need(re.fullmatch("0|[1-9][0-9]*", text), f"{column}: '{text}' is no number")
        self.need(low <= int(text) <= high, f"{column}: {text} is not in {low}-{high}")
        return int(text)

    def one_of(self, column, allowed):
        self.need(self[column] in allowed, f"{column}: '{self[column]}' is not known")
        return self[column]


def read(name, columns):
    """The rows of data/NAME.csv: comments with # first, then the header line, then one row a line."""
    path, header, records = DATA / f"{name}.csv", None, []
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
        if line.startswith("#"):
            continue
        place = f"data/{path.name}:{number}"
        try:
            fields = next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            raise BadRow(f"{place}: {error}") from error
        if header is None:
            header = fields
            if header != columns.split():
                raise BadRow(f"{place}: the header line is not {columns.replace(' ', ',')}")
        elif len(fields) != len(header):
            raise BadRow(f"{place}: {len(fields)} fields in place of {len(header)}")
        else:
            records.append(Record(place, zip(header, fields)))
    return records


def check_order(records, key, what):
    """Refuses rows that are not in ascending order, and so duplicates too."""
    last = None
    for record in records:
        now = key(record)
        record.need(last is None or now > last, f"{what} twice or out of order")
        last = now


def read_words():
    words = {name: [] for name in LISTS}
    records = read("words", "list number name meaning severity enumerator")
    check_order(records, lambda r: (LISTS.index(r.one_of("list", LISTS)), r.number("number", 0, 2**31 - 1)), "number")
    for record in records:
        known = words[record["list"]]
        record.need(re.fullmatch("[A-Z][A-Z0-9-]*|[a-z0-9][a-z0-9-]*", record["name"]), "not a word")
        record.need(record["name"] not in {word.name for word in known}, "name twice")
        severities = {word.name for word in words["severity"]}
        record.one_of("severity", severities if record["list"] == "rule" else {""})
        texts = (record[column] for column in ("name", "meaning", "severity", "enumerator"))
        known.append(Word(int(record["number"]), *texts))
    numbers = [word.number for word in words["location"]]
    if numbers != list(range(16)):
        raise BadRow("data/words.csv: the list location is not 0 to 15")
    return words


def read_reasons(words):
    """Why each rule is there, by its name; every rule has one."""
    records = read("rules", "rule why")
    rules = [word.name for word in words["rule"]]
    check_order(records, lambda r: rules.index(r.one_of("rule", rules)), "rule")
    missing = set(rules) - {record["rule"] for record in records}
    if missing:
        raise BadRow(f"data/rules.csv: {' '.join(sorted(missing))}: missing")
    return {record["rule"]: record["why"] for record in records}


def read_dispositions(words):
    dispositions = {}
    for record in read("dispositions", "name outcome party route"):
        record.need(record["name"] and record["name"] not in dispositions, "name twice or missing")
        dispositions[record["name"]] = triple(record, words)
    return dispositions


def read_protocols(words):
    spaces = {word.name for word in words["space"]}
    records = read("reason_protocols", "protocol space reference")
    seen = set()
    for record in records:
        record.need(record["protocol"].lower() not in seen, "protocol twice")
        record.one_of("space", spaces - {"none", "carrier", "token"})
        seen.add(record["protocol"].lower())
    return [(record["protocol"], record["space"]) for record in records]


# ---- what codes mean -----------------------------------------------------------------------------


def triple(record, words):
    return tuple(record.one_of(column, {word.name for word in words[column]})
                 for column in ("outcome", "party", "route"))


def meaning_of(record, words, dispositions):
    disposition = record.one_of("disposition", dispositions)
    three = triple(record, words)
    record.need(record["reason"] or three == dispositions[disposition],
                "outcome, party and route differ from the disposition's: the reason is missing")
    uninformative = record.get("uninformative", "")
    record.need(uninformative in ("", "yes"), "uninformative is yes or empty")
    return Meaning(disposition, *three, uninformative == "yes")


def read_status(words, dispositions):
    records = read("sip_status", "code phrase reference disposition outcome party route uninformative reason")
    check_order(records, lambda r: r.number("code", 100, 699), "code")
    for record in records:
        code, name = int(record["code"]), record["phrase"]
        record.need(name and record["reference"], "phrase or reference is missing")
        mapping = [record[c] for c in ("disposition", "outcome", "party", "route", "uninformative", "reason")]
        record.need(code >= 300 or not any(mapping), "1xx and 2xx are not mapped")
        yield Row("sip", code, name, key_of(name), meaning_of(record, words, dispositions) if code >= 300 else None, ())


def read_q850(words, dispositions):
    records = read("q850", "cause name class disposition outcome party route uninformative reason source")
    check_order(records, lambda r: r.number("cause", 1, 127), "cause")
    for record in records:
        cause = int(record["cause"])
        record.need(record["name"] and record["source"], "name or source is missing")
        record.need(record.number("class", 0, 7) == cause >> 4, "the class is not the cause's bits 7 to 5")
        yield Row("q850", cause, record["name"], key_of(record["name"]), meaning_of(record, words, dispositions), ())


def read_freeswitch(words, dispositions):
    """Its rows by code, and the present number of each that it had before. Those have no key: a name means one number."""
    records = read("freeswitch", "code before name disposition outcome party route uninformative reason")
    check_order(records, lambda r: r.number("code", 128, 65535), "code")
    rows, present = [], {}
    for record in records:
        name, meaning = record["name"], meaning_of(record, words, dispositions)
        record.need(re.fullmatch("[A-Z][A-Z_]*", name), "not one of FreeSWITCH's names")
        rows.append(Row("freeswitch", int(record["code"]), name, key_of(name), meaning, ()))
        if record["before"]:
            before = record.number("before", 128, 65535)
            present[before] = int(record["code"])
            rows.append(Row("freeswitch", before, name, None, meaning, ()))
    if len({row.value for row in rows}) != len(rows):
        raise BadRow("data/freeswitch.csv: a number twice")
    return sorted(rows, key=lambda row: row.value), present


def read_reason_causes(words, dispositions):
    spaces = {word.name: word.number for word in words["space"]}
    records = read("reason_causes", "space cause name disposition outcome party route uninformative reason source")
    check_order(records, lambda r: (spaces[r.one_of("space", REASON_SPACES)], r.number("cause", 1, 65535)), "cause")
    for record in records:
        record.need(record["name"] and record["source"], "name or source is missing")
        yield Row(record["space"], int(record["cause"]), record["name"], key_of(record["name"]),
                  meaning_of(record, words, dispositions), ())


def fallback_number(record, kind_column, key_column, words):
    """The value of a fallback row: enum fallback of lib/internal.h."""
    kind, key = record[kind_column], record[key_column]
    if kind == "class":
        record.need(re.fullmatch("[3-6]xx", key), "3xx, 4xx, 5xx or 6xx is wanted")
        return LAYOUT["FALLBACK_CLASS"] + int(key[0])
    if kind == "default":
        record.need(key == "default", "the key of default is default")
        return LAYOUT["FALLBACK_DEFAULT"]
    record.need(kind in ("no-cause", "local"), f"'{kind}' is neither class, default, no-cause nor local")
    numbers = {word.name: word.number for word in words[kind.replace("-", "_")]}
    record.need(key in numbers, f"'{key}' is not known")
    return LAYOUT["FALLBACK_NO_CAUSE" if kind == "no-cause" else "FALLBACK_LOCAL"] + numbers[key]


def read_fallbacks(words, dispositions):
    records = read("fallbacks", "kind key disposition outcome party route reason")
    check_order(records, lambda r: fallback_number(r, "kind", "key", words), "row")
    for record in records:
        yield Row("fallback", fallback_number(record, "kind", "key", words), None, None,
                  meaning_of(record, words, dispositions), ())


def conditions(record, words):
    """The column conditions, by name: masks as numbers, truth as YES or NO, lists of which one must hold as tuples."""
    when = {}
    for item in shlex.split(record["conditions"]):
        name, _, value = item.partition("=")
        record.need(name not in when, f"{name} twice")
        if name in ("location", "method"):
            when[name] = mask(record, name, value, words)
        elif name == "warning":
            record.need(re.fullmatch("[1-9][0-9][0-9]([|][1-9][0-9][0-9])*", value), f"warning '{value}' is no warn-code")
            when[name] = tuple(map(int, value.split("|")))
        elif name == "text":
            record.need(all(value.split("|")) and "?" not in value, f"text '{value}' is no pattern")
            when[name] = tuple(value.split("|"))
        else:
            record.need(name in ("answered", "alerted", "progressed", "notice", "diagnostic"),
                        f"condition '{name}' is not known")
            record.need(value in ("yes", "no"), f"{name} is yes or no")
            when[name] = value.upper()
    return tuple(sorted(when.items()))


def mask(record, list_name, text, words):
    names = text.lstrip("!").split("|")
    numbers = {word.name: word.number for word in words[list_name]}
    record.need(all(name in numbers for name in names), f"{list_name} '{text}' is not known")
    bits = sum(1 << numbers[name] for name in set(names))
    return sum(1 << number for number in numbers.values()) ^ bits if text.startswith("!") else bits


def read_refinements(words, dispositions, rows):
    """(space, value) -> its refinements in order."""
    found, known = {}, {(row.space, row.value) for row in rows}
    columns = "space value conditions disposition outcome party route uninformative name reason"
    for record in read("refinements", columns):
        if record["space"] in ("sip", "q850", "freeswitch", *REASON_SPACES):
            code = record["space"], record.number("value", 1, 65535)
        else:
            code = "fallback", fallback_number(record, "space", "value", words)
        record.need(code in known, "no code of the other files")
        when = conditions(record, words)
        record.need(when, "conditions are missing")
        items = found.setdefault(code, [])
        record.need(when not in [item.when for item in items], "the same conditions twice")
        items.append(Refinement(when, meaning_of(record, words, dispositions), record["name"] or None))
    return found


def read_rows(words, dispositions):
    """Everything that a whole table maps, those with slots first as lib/internal.h wants it, and the names of all codes."""
    slotted = [*read_status(words, dispositions), *read_q850(words, dispositions)]
    freeswitch, present = read_freeswitch(words, dispositions)
    others = [*freeswitch, *read_reason_causes(words, dispositions)]
    registered, known = [*slotted, *others], [*slotted, *read_fallbacks(words, dispositions), *others]
    refinements = read_refinements(words, dispositions, [row for row in known if row.space == "fallback" or row.key])
    rows = []
    for row in known:
        value = present.get(row.value, row.value) if row.space == "freeswitch" else row.value
        own = refinements.get((row.space, value), [])
        if row.meaning or own:
            rows.append(row._replace(refinements=[r._replace(name=r.name or row.name) for r in own]))
    return rows, registered


# ---- interworking and profiles -------------------------------------------------------------------


def read_rules(name, words):
    """A table of interworking rules; NAME ends in _sip_to_isup or _isup_to_sip."""
    to_isup = name.endswith("_sip_to_isup")
    records = read(name, "from to location conditions source" + ("" if to_isup else " flags"))
    rules = []
    for record in records:
        record.need(record["source"], "the source is missing")
        rule = (rule_to_isup if to_isup else rule_to_sip)(record, words)
        same = [other for other in rules if other.origin == rule.origin]
        record.need(not rules or rule.origin >= rules[-1].origin, "out of order")
        record.need(rule.when not in [other.when for other in same], "the same rule twice")
        record.need(all(other.when for other in same), "never reached: a rule without conditions stands before it")
        rules.append(rule)
    return rules


def rule_to_isup(record, words):
    special = {"default": 0, "BYE": 1, "CANCEL": 2, "3xx": 3}
    origin = special[record["from"]] if record["from"] in special else record.number("from", 300, 699)
    to = 0 if record["to"] == "none" else record.number("to", 1, 127)
    names = {word.name: word for word in words["location"]}
    record.one_of("location", names if record["from"] in ("BYE", "CANCEL") else [*names, ""])
    return Rule(origin, to, names.get(record["location"]), "0", conditions(record, words))


def rule_to_sip(record, words):
    origin = 0 if record["from"] == "default" else record.number("from", 1, 127)
    to = 0 if record["to"] == "none" else record.number("to", 300, 699)
    record.need("location" not in record["conditions"], "a location has its own column")
    if record["location"]:
        record["conditions"] += f" location={record['location']}"
    record.one_of("flags", ("", "notice"))
    flags = "TO_NOTICE" if record["flags"] else "0"
    return Rule(origin, to, None, flags, conditions(record, words))


def lay_over(upper, lower):
    """An unconditional rule replaces all others of its code, a rule with the same conditions that one."""
    closed = {rule.origin for rule in upper if not rule.when}
    taken = {(rule.origin, rule.when) for rule in upper}
    kept = [rule for rule in lower if rule.origin not in closed and (rule.origin, rule.when) not in taken]
    return sorted([*upper, *kept], key=lambda rule: rule.origin)


def rules_of(record, column, inherited, words):
    name = record[column]
    if not name:
        return inherited
    rules = read_rules(name.lstrip("="), words)
    return rules if name.startswith("=") else lay_over(rules, inherited)


def class_locations(record, words):
    """The location for each hundred from 0 to 7; those that no REL is made of have that of requests."""
    names = {word.name: word for word in words["location"]}
    given = dict(item.partition("=")[::2] for item in record["locations"].split())
    record.need(sorted(given) == ["3xx", "4xx", "5xx", "6xx", "requests"],
                "a location is wanted for requests, 3xx, 4xx, 5xx and 6xx")
    record.need(all(name in names for name in given.values()), "a location is not known")
    return [names[given.get(f"{hundreds}xx", given["requests"])] for hundreds in range(8)]


def read_profiles(words, rows):
    records = read("profiles", "name extends sip_to_isup isup_to_sip locations map description")
    by_name = {record["name"]: record for record in records}
    known = {f"{row.space}:{row.value}" for row in rows}

    def build(record, below=()):
        record.need(record["name"] not in below, "a profile that extends itself")
        base = None
        if record["extends"]:
            base = build(by_name[record.one_of("extends", by_name)], (*below, record["name"]))
        codes = None if record["map"] == "all" else record["map"].split()
        record.need(codes is None or set(codes) <= known, "map: a code without a row")
        record.need(record["description"], "the description is missing")
        return Profile(record["name"], record["description"], codes,
                       rules_of(record, "sip_to_isup", base.to_isup if base else [], words),
                       rules_of(record, "isup_to_sip", base.to_sip if base else [], words),
                       class_locations(record, words))

    if len(by_name) != len(records):
        raise BadRow("data/profiles.csv: a profile twice")
    return [build(record) for record in records]


# ---- the whole -----------------------------------------------------------------------------------


def read_model():
    words = read_words()
    dispositions = read_dispositions(words)
    rows, registered = read_rows(words, dispositions)
    return Model(words, dispositions, read_protocols(words), rows, registered, read_profiles(words, rows),
                 read_reasons(words))
