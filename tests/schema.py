"""Validates mapping files against data/mapping.schema.json: those that load must pass, those of tests/invalid must be
flagged, but for what a schema cannot see. Usage: schema.py SOURCE-TREE COMMAND. COMMAND is build/sipcause; it says what
loads, and writes tables as files. Exit status 77: a Python module is missing.

SPDX-License-Identifier: MIT
"""
import copy
import json
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
    import yaml
    from yaml import CSafeLoader
except ImportError as error:
    print(f"{error}: the schema is not tested")
    sys.exit(77)

# ---- reading as the loader reads -----------------------------------------------------------------


class Loader(CSafeLoader):
    """libyaml, as the library, and scalars as the library resolves them, not as YAML 1.1 does: `off`, `010` and
    2026-03-25 are texts."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        """Keys are texts, as in JSON."""
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


def add(tag, pattern, first):
    Loader.add_implicit_resolver(tag, re.compile(pattern), first)


add("tag:yaml.org,2002:null", "(~|[Nn][Uu][Ll][Ll]|)$", ["~", "n", "N", ""])
add("tag:yaml.org,2002:bool", "([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$", list("tTfF"))
add("tag:yaml.org,2002:int", "(0|[1-9][0-9]*)$", list("0123456789"))
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value.lower() == "true")
Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_mapping)


def parse(text):
    """The document. What is JSON is read as such: PyYAML knows neither its tabs nor its surrogate pairs."""
    try:
        return json.loads(text, parse_float=str)
    except ValueError:
        return yaml.load(text, Loader)


# ---- what a schema cannot see --------------------------------------------------------------------

# Rules of errors that are no matter of a document's shape.
UNSEEN_RULES = {
    "file": "whether files are there",
    "too-large": "sizes in bytes",
    "encoding": "bytes, before there is a document",
    "syntax": "YAML itself: there is no document, or one with tags, aliases and the like, which are gone then",
    "nesting": "depth",
    "duplicate-key": "the parser keeps the last of two; 486 and busy-here are two keys to it",
    "unknown-disposition": "labels that are declared elsewhere in the file",
    "extends-circle": "other files",
}
# Single folders of other rules.
UNSEEN_FOLDERS = {
    # Quotes are gone when the document is there.
    "carrier-class": "6xx in quotes is a word",
    "carrier-range": "600-699 in quotes is a word",
    "condition-carrier-class": "5xx in quotes is a word",
    "condition-carrier-range": "600-699 in quotes is a word",
    "condition-fraction": "601.0 in quotes is a word",
    "condition-negative-number": "-1 in quotes is a word",
    "condition-quotes-typographic": "in quotes of YAML it is a pattern",
    "code-null-word": "null in quotes is a word",
    "number-binary": "0b101 in quotes is a word",
    "number-fraction": "601.0 in quotes is a word",
    "number-hexadecimal": "0x22 in quotes is a word",
    "number-hexadecimal-too-large": "0x... in quotes is a word",
    "effective-before-year-one": "the offset takes it out of the years 1 to 9999",
    "number-minus": "-5 in quotes is a word",
    "number-underscore": "1_000 in quotes is a word",
    "trunk-code-fraction": "601.0 in quotes is a word",
    # What is inherited is not in the file.
    "local-nothing-inherited": "what there is to inherit",
    "row-nothing-inherited": "what there is to inherit",
    "row-nothing-inherited-none": "what there is to inherit",
    "when-empty-alone": "what there is to inherit",
    "when-empty-list-alone": "what there is to inherit",
    "when-nothing-inherited": "what there is to inherit",
    "when-nothing-inherited-beside": "what there is to inherit",
    # Characters are counted, not bytes.
    "pattern-piece-too-long-utf8": "bytes",
    # The loader stops before the end.
    "end-without-line-end": "a list that is not closed: there is no document",
    "when-item-dash-missing": "an indentation that ends the list: there is no document",
    "when-item-indentation": "an indentation that ends the list: there is no document",
    # A NUL that an escape makes.
    "escape-nul": "escapes",
    "pattern-nul": "escapes",
}


def unseen(folder, rule):
    return rule in UNSEEN_RULES or folder in UNSEEN_FOLDERS


# ---- the tests -----------------------------------------------------------------------------------

# What must be flagged whatever stands in tests/invalid: a schema that takes everything fails here.
BAD = r"""
sipcause: 1\nnom: x
sipcause: 2
name: x
sipcause: 1\nmap: {sip: {99: Busy}}
sipcause: 1\nmap: {sip: {700: Busy}}
sipcause: 1\nmap: {sip: {2xx: Busy}}
sipcause: 1\nmap: {sip: {not-acceptable: Busy}}
sipcause: 1\nmap: {sip: {user-busy: Busy}}
sipcause: 1\nmap: {q850: {0: Busy}}
sipcause: 1\nmap: {q850: {128: Busy}}
sipcause: 1\nmap: {carrier: {4294967296: Busy}}
sipcause: 1\nmap: {carrier: {"010": Busy}}
sipcause: 1\nmap: {486: Busy}
sipcause: 1\nmap: {local: {tiemout: Busy}}
sipcause: 1\nmap: {sip: {486: {capped: on}}}
sipcause: 1\nmap: {sip: {486: {when: [{disposition: Busy}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{notice: true}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{notice: true, disposition: Busy, when: []}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{location: X, disposition: Busy}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{location: [], disposition: Busy}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{method: UPDATE, disposition: Busy}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{warning: 99, disposition: Busy}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{sip: 5xx, disposition: Busy}]}}}
sipcause: 1\nmap: {sip: {486: {when: [{carrier: "a b", disposition: Busy}]}}}
sipcause: 1\nmap: {sip: {486: {when: {notice: true, disposition: Busy}}}}
sipcause: 1\ninterworking: {sip-to-isup: {200: 21}}
sipcause: 1\ninterworking: {sip-to-isup: {603: 603}}
sipcause: 1\ninterworking: {sip-to-isup: {603: {location: U}}}
sipcause: 1\ninterworking: {sip-to-isup: {location: {2xx: U}}}
sipcause: 1\ninterworking: {sip-to-isup: {603: {cause: 21, when: [{answered: true, location: U}]}}}
sipcause: 1\ninterworking: {isup-to-sip: {21: 200}}
sipcause: 1\ninterworking: {isup-to-sip: {BYE: 603}}
sipcause: 1\ninterworking: {isup-to-sip: {21: {status: 603, when: [{notice: true, status: 403}]}}}
sipcause: 1\nextends: acme
sipcause: 1\nextends: /etc/acme.yaml
sipcause: 1\neffective: 2026-13-01
sipcause: 1\neffective: 2026-03-25T00:00:00
sipcause: 1\nignore-reason: [99]
sipcause: 1\nignore-reason: 486
sipcause: 1\ncheck: {redundnat: off}
sipcause: 1\ncheck: {redundant: no}
sipcause: 1\nprecedence: []
sipcause: 1\nprecedence: [carrier, isup]
sipcause: 1\ncause-headers: [Reason]
sipcause: 1\ncause-headers: [{name: X, uri-param: true}]
{"causeCodeMappings": [{"sipCauseCode": 601}]}
{"a": [{"causeCodeMappings": {"601": "Busy"}}]}
[1, 2]
""".strip().splitlines()


class Checker:
    def __init__(self, source, command):
        self.source, self.command, self.faults = source, command, []
        self.schema = json.loads((source / "data/mapping.schema.json").read_text(encoding="ascii"))
        jsonschema.Draft7Validator.check_schema(self.schema)
        self.validator = jsonschema.Draft7Validator(self.schema)

    def fault(self, document):
        """Why the document is flagged; None: it is not."""
        error = jsonschema.exceptions.best_match(self.validator.iter_errors(document))
        return f"{'/'.join(map(str, error.absolute_path)) or 'root'}: {error.message[:200]}" if error else None

    def wrong(self, sentence):
        self.faults.append(sentence)
        print(sentence)

    def read(self, path):
        return parse(path.read_bytes().decode("utf-8-sig"))

    def good_files(self):
        found = [*self.source.glob("tests/valid/*/*.yaml"), *self.source.glob("examples/*.yaml"),
                 *self.source.glob("examples/*.json"), *self.source.glob("examples/carriers/*.yaml")]
        for path in sorted(found):
            fault = self.fault(self.read(path))
            if fault:
                self.wrong(f"{path.relative_to(self.source)} loads, and the schema flags it: {fault}")
        return len(found)

    def show(self, *arguments, text=""):
        return subprocess.run([self.command, "show", *arguments], input=text, capture_output=True, encoding="utf-8",
                              check=False)

    def written_files(self):
        """What the command writes of some tables: whole ones take time."""
        names = ["default", "fcc-2026", *sorted(map(str, self.source.glob("examples/**/*.yaml")))[::4]]
        for name in names:
            shown = self.show("--format", "yaml", "-m", name)
            fault = shown.stderr or self.fault(parse(shown.stdout))
            if fault:
                self.wrong(f"show --format yaml -m {name}: {fault}")
        return len(names)

    def examples(self):
        """The displays of sipcause(5), as tests/manual.sh takes them out of it."""
        page = (self.source / "man/sipcause.5").read_text(encoding="utf-8")
        found = re.findall(r"^\.Bd -literal.*\n((?:(?!\.Ed$).*\n)*)", page, re.M)
        for number, text in enumerate(found, 1):
            for roff, character in ((r"\e", "\\"), (r"\(dq", '"'), (r"\&", "")):
                text = text.replace(roff, character)
            fault = self.fault(parse(text))
            if fault:
                self.wrong(f"man/sipcause.5, example {number}: {fault}")
        return len(found)

    def refusal(self, folder):
        """The rule under which loading refuses a folder's file, of several one that a schema can see; None: it loads."""
        if (folder / "error").exists():
            return (folder / "error").read_text(encoding="utf-8").split()[2]
        rules = re.findall(r"^\d+:\d+ error (\S+)", (folder / "findings").read_text(encoding="utf-8"), re.M)
        return next((rule for rule in rules if rule not in UNSEEN_RULES), rules[0] if rules else None)

    def bad_files(self):
        """How many of tests/invalid are flagged, and how many cannot be. What is only warned of must pass."""
        flagged, passed = 0, 0
        for folder in sorted(path.parent for path in (self.source / "tests/invalid").glob("*/map.yaml")):
            rule = self.refusal(folder)
            if rule is None:
                fault = self.fault(self.read(folder / "map.yaml"))
                if fault:
                    self.wrong(f"tests/invalid/{folder.name} loads, and the schema flags it: {fault}")
                continue
            if unseen(folder.name, rule):
                passed += 1
                continue
            try:
                fault = self.fault(self.read(folder / "map.yaml"))
            except (yaml.YAMLError, UnicodeError) as error:
                self.wrong(f"tests/invalid/{folder.name} ({rule}) is no document: {error}")
                continue
            if fault:
                flagged += 1
            else:
                self.wrong(f"tests/invalid/{folder.name} ({rule}) is not flagged")
        return flagged, passed

    def bad_lines(self):
        for line in BAD:
            text = line.replace("\\n", "\n")
            if not self.fault(parse(text)):
                self.wrong(f"not flagged: {line}")
            if self.show("-m", "-", text=text).returncode == 0:
                self.wrong(f"this loads: {line}")
        return len(BAD)

    def mutants(self):
        """One more key anywhere in the keys of examples/acme.yaml is flagged; a schema of {} would not."""
        def mappings(value, path=()):
            parts = list(enumerate(value)) if isinstance(value, list) else []
            if isinstance(value, dict):
                parts = list(value.items())
                yield path
            for key, part in parts:
                yield from mappings(part, (*path, key))

        whole = self.read(self.source / "examples/acme.yaml")
        count = 0
        for path in mappings(whole):
            document = copy.deepcopy(whole)
            at = document
            for key in path:
                at = at[key]
            at["no such key"] = "Busy"
            count += 1
            if not self.fault(document):
                self.wrong(f"examples/acme.yaml with one more key in {'/'.join(map(str, path)) or 'root'} is not flagged")
        return count

    def fixed_keys(self):
        """Every key in capitals is taken too, as the loader takes it."""
        item = {"Notice": True, "LOCATION": ["u", "Loc-6"], "Q850": "USER-BUSY", "Outcome": "BUSY"}
        row = {"DISPOSITION": "Busy", "Party": "Callee", "WHEN": [item]}
        rules = {"bye": 16, "5XX": "NONE", "LOCATION": {"4XX": "bi"}}
        document = {"SIPCAUSE": 1, "Map": {"SIP": {"BUSY-HERE": row}, "LOCAL": {"TLS": "Busy"}},
                    "CHECK": {"REDUNDANT": "OFF"}, "Interworking": {"SIP-TO-ISUP": rules}}
        fault = self.fault(document)
        if fault:
            self.wrong(f"keys in capitals are flagged: {fault}")

    def tables(self):
        """What is listed as unseen is there: a list that nobody uses hides nothing."""
        folders = {path.name for path in (self.source / "tests/invalid").iterdir()}
        for name in UNSEEN_FOLDERS:
            if name not in folders:
                self.wrong(f"tests/schema.py lists tests/invalid/{name}, which is not there")


def main():
    check = Checker(pathlib.Path(sys.argv[1]), sys.argv[2])
    check.tables()
    check.fixed_keys()
    good, examples, lines, mutants = check.good_files(), check.examples(), check.bad_lines(), check.mutants()
    written = check.written_files()
    flagged, passed = check.bad_files()
    if good < 100 or examples < 15 or flagged < 250 or mutants < 8:
        check.wrong(f"too few: {good} files, {examples} examples, {flagged} flagged, {mutants} mutants")
    if not check.faults:
        print(f"{good + examples + written} files pass; of {flagged + passed} invalid ones {flagged} are flagged, and all "
              f"{lines + mutants} made here")
    sys.exit(1 if check.faults else 0)


main()
