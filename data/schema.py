"""Writes data/mapping.schema.json: a JSON Schema (draft-07) of mapping files and trunk objects, for editors.

It takes whatever the loader takes, and of what the loader refuses as much as a schema can see. The loader knows keys
and words in any case: those that an editor offers are lower case, the others pass by a pattern. All patterns are read
by JavaScript too, with the flag u.

SPDX-License-Identifier: MIT
"""
import json
import re

from standards import REASON_SPACES

# Whatever stands where a text belongs is one, true and 7 too; but no editor shall offer true.
TEXT = [{"type": ["string", "number"]}, {"not": {"type": ["string", "number", "array", "object", "null"]}}]


# ---- patterns ------------------------------------------------------------------------------------


def plain(text):
    return re.sub(r"([.*+?^$(){}|\[\]\\/])", r"\\\1", text)


def any_case(text):
    return "".join(f"[{c.upper()}{c.lower()}]" if c.isalpha() else plain(c) for c in text)


def any_case_of(words):
    return f"^({'|'.join(map(any_case, words))})$"


def other_case_of(words):
    """The words as an editor does not offer them."""
    return f"^(?!({'|'.join(map(plain, words))})$)({'|'.join(map(any_case, words))})$"


def numbers(low, high):
    """The decimal numbers from low to high, without zeros before them."""
    return f"({'|'.join(spans(str(low), str(high)))})"


def spans(low, high):
    if len(low) < len(high):
        nines = "9" * len(low)
        return spans(low, nines) + spans("1" + "0" * len(low), high)
    if low == high:
        return [low]
    if low[0] == high[0]:
        return [low[0] + rest for rest in spans(low[1:], high[1:])]
    if low[1:].strip("0") == "" and high[1:].strip("9") == "":
        rest = len(low) - 1
        return [f"[{low[0]}-{high[0]}]" + ("[0-9]" * rest if rest < 3 else f"[0-9]{{{rest}}}")]
    if low[1:].strip("0"):
        return spans(low, low[0] + "9" * (len(low) - 1)) + spans(str(int(low[0]) + 1) + "0" * (len(low) - 1), high)
    return spans(low, str(int(high[0]) - 1) + "9" * (len(low) - 1)) + spans(high[0] + "0" * (len(low) - 1), high)


STATUS = numbers(100, 699)
YEAR, LEAP_YEAR = "(?!0000)[0-9]{4}", "(?!0000)([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
DAY = (f"({YEAR}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
       f"|{LEAP_YEAR}-02-29)")
HOUR = "([01][0-9]|2[0-3]):[0-5][0-9]"
FINAL = numbers(300, 699)  # what interworking knows
CAUSE = numbers(1, 127)
CLASSES = ("3xx", "4xx", "5xx", "6xx")
CLASS = "[3-6][Xx][Xx]"
ANY = numbers(0, 4294967295)
WORD = "(?![0-9]+$)[A-Za-z0-9_.-]{1,31}"  # a carrier's own
NO_WORD = ["string", "integer", "array", "object", "null"]  # true and 4.5 are words
TOKEN = "^[-A-Za-z0-9.!%*_+`'~]{1,64}$"  # the name of a header


# ---- pieces --------------------------------------------------------------------------------------


def ref(name, description=None):
    """Editors show the description; validators pass it over."""
    return {"$ref": f"#/definitions/{name}", **({"description": description} if description else {})}


def text(title, description, **more):
    return {"title": title, "description": description, "minLength": 1, "anyOf": TEXT, **more}


def word(title, description, words, **more):
    """One of a closed list; words: (name, meaning)."""
    offered = {"enum": [name for name, _ in words]}
    if any(meaning for _, meaning in words):
        offered["enumDescriptions"] = [meaning or name for name, meaning in words]
    return {"title": title, "description": description,
            "anyOf": [offered, {"type": "string", "pattern": any_case_of([name for name, _ in words])}], **more}


def truth(title, description, **more):
    return {"title": title, "description": description, "type": "boolean", **more}


def list_of(title, description, items, null=True, **more):
    return {"title": title, "description": description, "type": ["array", "null"] if null else "array", "items": items,
            **more}


def one_or_more(title, description, item, **more):
    return {"title": title, "description": description, "anyOf": [item, {"type": "array", "minItems": 1, "items": item}],
            **more}


def keyed(title, description, keys, patterns=None, null=False, **more):
    """A mapping with these keys and no others; patterns: other keys that it has."""
    groups = {}
    for key, schema in keys.items():
        same = {name: value for name, value in schema.items() if name != "description"} if "$ref" in schema else schema
        groups.setdefault(json.dumps(same), (same, []))[1].append(key)
    others = {other_case_of(names): schema for schema, names in groups.values()}
    return {"title": title, "description": description, "type": ["object", "null"] if null else "object",
            "properties": keys, "patternProperties": {**others, **(patterns or {})}, "additionalProperties": False, **more}


def has(key):
    """The mapping has this key, in any case."""
    return {"anyOf": [{"required": [key]}, {"not": {"patternProperties": {other_case_of([key]): False}}}]}


def short_or_long(title, description, short, long):
    """A value or a mapping. anyOf says nothing: editors look there for what to offer."""
    return {"title": title, "description": description, "anyOf": [short, {}], "if": {"type": "object"}, "then": long,
            "else": short}


def only_if(condition, then):
    return {"if": condition, "then": then}


# ---- codes ---------------------------------------------------------------------------------------


def names_of(model, space, low=0):
    """key -> (value, name) of the standard names that one code alone has."""
    found = {}
    for row in model.registered:
        if row.space == space:
            found.setdefault(row.key, []).append((row.value, row.name))
    return {key: codes[0] for key, codes in found.items() if key and len(codes) == 1 and codes[0][0] >= low}


def other_names(model, space, low=0):
    """Standard names with capitals in them, FreeSWITCH's with _ too; of those of several words not each is told from what
    is none."""
    single = [name for name in names_of(model, space, low) if "-" not in name]
    capital, between = ("(?=[^A-Z]*[A-Z])", "-") if space != "freeswitch" else ("(?=[^A-Z_]*[A-Z_])", "[-_]")
    several = f"[A-Za-z0-9]+({between}[A-Za-z0-9]+)+"
    return f"^{capital}({'|'.join([several, *map(any_case, single)])})$"


def code_keys(model, space, row, low=0):
    """The keys of a section that an editor offers: numbers and names, each with the standard's own name."""
    codes = sorted((row.value, row.name) for row in model.registered if row.space == space and row.value >= low)
    keys = {str(value): ref(row, name) for value, name in codes}
    keys.update({key: ref(row, f"{value} {name}") for key, (value, name) in names_of(model, space, low).items()})
    return keys


def code_value(model, space, title, description, low, high, more_words=(), first=0):
    """A code where a value stands: number, number in quotes, or standard name."""
    names = names_of(model, space, first)
    offered = {"enum": [*more_words, *names],
               "enumDescriptions": [*more_words, *(f"{value} {name}" for value, name in names.values())]}
    patterns = [f"^{numbers(low, high)}$", other_names(model, space, first)]
    patterns += [any_case_of(more_words)] if more_words else []
    return {"title": title, "description": description,
            "anyOf": [{"type": "integer", "minimum": low, "maximum": high}, offered,
                      *({"type": "string", "pattern": pattern} for pattern in patterns)]}


def section(model, space, title, description, patterns):
    """Rows of one space. Numbers and names stand there for the editor; the patterns take them all."""
    keys = code_keys(model, space, "row")
    return {"title": title, "description": description, "type": ["object", "null"], "properties": keys,
            "patternProperties": {pattern: ref("row") for pattern in patterns}, "additionalProperties": False}


# ---- rows and conditions -------------------------------------------------------------------------


def meaning_keys():
    """What a row says, and an item of its `when`."""
    names = ("disposition", "outcome", "party", "route", "capped", "uninformative", "note")
    return {**{name: ref(name) for name in names}, "name": ref("row-name")}


def spaces_of(model):
    """Every space that a mapping file may name: (name, meaning)."""
    return [(word.name, word.meaning) for word in model.words["space"] if word.name not in ("none", "token")]


def condition_keys(model):
    own = ("phrase", "text", "location", "method", "answered", "alerted", "progressed", "notice", "diagnostic", "warning",
           "coding")
    keys = {name: ref(f"when-{name}") for name in own}
    for name, meaning in spaces_of(model):
        kind = name if name in ("sip", "q850", "carrier", "freeswitch", *REASON_SPACES) else "number"
        keys[name] = ref(f"when-{kind}", f"The same message carries one of these codes: {meaning}.")
    return keys


def any_of_keys(keys):
    """At least one of them, in any case."""
    return {"anyOf": [*({"required": [key]} for key in keys),
                      {"not": {"patternProperties": {other_case_of(list(keys)): False}}}]}


def item(title, description, keys, conditions, needed):
    return keyed(title, description, {**conditions, **keys}, allOf=[any_of_keys(conditions), needed])


def items(title, description, one):
    return list_of(title, description, one, maxItems=4096)


def words_of(model, name):
    return [(word.name, word.meaning) for word in model.words[name]]


def row_definitions(model):
    labels = list(model.dispositions)
    three = {label: ", ".join(words) for label, words in model.dispositions.items()}
    conditions, meaning = condition_keys(model), meaning_keys()
    return {
        "disposition": text("Disposition", "The label under which reports count the call: built in, or declared under "
                            "dispositions. Exactly, upper and lower case too.", maxLength=64,
                            anyOf=[{"enum": labels, "enumDescriptions": list(three.values())}, *TEXT]),
        "outcome": word("Outcome", "What happened.", words_of(model, "outcome")),
        "party": word("Party", "Who caused it.", words_of(model, "party")),
        "route": word("Route", "What may be done next. A route that is written is not capped.", words_of(model, "route")),
        "capped": truth("Capped", "Whether the caps of sipcause(7), step 9, hold for the route."),
        "uninformative": truth("Uninformative", "true: the code tells nothing and yields to any other evidence."),
        "row-name": text("Name", "A name for the code.", examples=["Gateway overload"]),
        "note": text("Note", "Anything: a ticket, a page of a guide. Verdicts carry it along.", examples=["ticket 4711"]),
        "row": short_or_long("Row", "What the code means: a disposition, or a mapping that says more.",
                             ref("disposition"), ref("long-row")),
        "whole-row": short_or_long("Row", "What the code means; nothing is inherited.", ref("disposition"), {
            "allOf": [ref("long-row"), {"anyOf": [*has("disposition")["anyOf"], *has("when")["anyOf"]]}]}),
        "long-row": keyed("Row", "What the code means.", {**meaning, "when": ref("when")}, minProperties=1),
        "when": items("When", "What the code means under conditions: the first item whose conditions all hold counts, "
                      "else the row itself.", ref("when-item")),
        "when-item": item("Item", "Conditions, all of which must hold, and what the code means then.", meaning, conditions,
                          any_of_keys(meaning)),
        **condition_definitions(model),
    }


def condition_definitions(model):
    def truths(name, description):
        return {f"when-{name}": truth(name.capitalize(), description)}

    pattern = {"anyOf": TEXT, "minLength": 1, "maxLength": 255, "pattern": r"^[^*]{0,64}(\*[^*]{0,64})*$"}
    number = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 4294967295},
                        {"type": "string", "pattern": f"^{ANY}$"}]}
    carrier = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 4294967295},
                         {"type": "string", "pattern": f"^({ANY}|{WORD})$"}, {"not": {"type": NO_WORD}}]}
    warning = {"anyOf": [{"type": "integer", "minimum": 100, "maximum": 999},
                         {"type": "string", "pattern": "^[1-9][0-9][0-9]$"}]}
    return {
        "when-phrase": one_or_more("Phrase", "The reason phrase, whole: * is any run of characters, ? is one; case does "
                                   "not matter.", pattern, examples=["*capacity*"]),
        "when-text": one_or_more("Text", "The text of a Reason value, whole; patterns as in phrase.", pattern,
                                 examples=["*user is busy*"]),
        "when-location": one_or_more("Location", "The cause location of the Q.850 cause.", ref("location")),
        "when-method": one_or_more("Method", "What decides: the final response to the INVITE, the CANCEL, the BYE.",
                                   word("Method", "INVITE, CANCEL or BYE.",
                                        [(name.upper(), meaning) for name, meaning in words_of(model, "method")])),
        **truths("answered", "The call was answered."),
        **truths("alerted", "A 180 was seen."),
        **truths("progressed", "A provisional response other than 100 was seen."),
        **truths("notice", "The answer is a whole 603+."),
        **truths("diagnostic", "The cause indicators of the REL carry diagnostics."),
        "when-warning": one_or_more("Warning", "A warn-code of a Warning header.", warning, examples=[399]),
        "when-coding": one_or_more("Coding", "The coding standard of the REL's cause indicators.",
                                   word("Coding", "A coding standard.", words_of(model, "coding"))),
        "when-sip": one_or_more("Status", "The same message carries one of these status codes.", ref("status")),
        "when-q850": one_or_more("Cause", "The same message carries one of these cause values.", ref("cause")),
        "when-carrier": one_or_more("Carrier", "The same message carries one of these codes of the carrier's.", carrier,
                                    examples=[601, [601, "D35"]]),
        "when-freeswitch": one_or_more("FreeSWITCH", "The same message carries one of these causes of FreeSWITCH.",
                                       code_value(model, "freeswitch", "Cause", "A number or FreeSWITCH's name.", 0,
                                                  4294967295)),
        **{f"when-{space}": one_or_more("Cause", "The same message carries one of these causes.", code_value(
            model, space, "Cause", "A number or a standard name.", 0, 4294967295)) for space in REASON_SPACES},
        "when-number": one_or_more("Code", "The same message carries one of these codes.", number),
    }


# ---- the file ------------------------------------------------------------------------------------


def map_definitions(model):
    sections = {
        "sip": section(model, "sip", "Status codes", "SIP status codes, 100 to 699; the classes 3xx to 6xx; standard "
                       "names.", [f"^{STATUS}$", f"^{CLASS}$", other_names(model, "sip")]),
        "q850": section(model, "q850", "Cause values", "Q.850 cause values, 1 to 127; standard names.",
                        [f"^{CAUSE}$", other_names(model, "q850")]),
        "carrier": section(model, "carrier", "Carrier", "The carrier's own numbers, 0 to 4294967295, and words.",
                           [f"^({ANY}|{WORD})$"]),
        "freeswitch": section(model, "freeswitch", "FreeSWITCH", "FreeSWITCH's own causes; their names.",
                              [f"^{ANY}$", other_names(model, "freeswitch")]),
        **{space: section(model, space, "Causes", "Causes of that Reason protocol; standard names.",
                          [f"^{ANY}$", other_names(model, space)]) for space in REASON_SPACES},
        "protocol": section(model, "protocol", "Protocol", "Codes of a Reason protocol.", [f"^{ANY}$"]),
    }
    for name in CLASSES:
        sections["sip"]["properties"][name] = ref("row", f"Statuses {name} without a row of their own")
    for name, row, title, description in (
            ("no-cause", "whole-row", "No cause", "Calls without a usable cause; replaces the inherited rows whole."),
            ("local", "row", "Local", "Failures of our own side, with nothing on the wire.")):
        words = words_of(model, name.replace("-", "_"))
        sections[name] = keyed(title, description, {word: ref(row, meaning or word) for word, meaning in words}, null=True)
    keys = {name: ref(f"rows-{name if name in sections else 'protocol'}", f"{meaning[0].upper()}{meaning[1:]}.")
            for name, meaning in spaces_of(model)}
    keys.update({"no-cause": ref("rows-no-cause"), "local": ref("rows-local"),
                 "default": ref("whole-row", "What everything else falls to.")})
    return {"map": keyed("Map", "The rows, by code space.", keys, null=True),
            **{f"rows-{name}": schema for name, schema in sections.items()}}


def interworking_definitions(model):
    conditions = condition_keys(model)
    del conditions["location"]  # there it is what is written
    of_isup = {name: conditions.get(name, ref(f"when-{name}")) for name in ("location", "coding", "diagnostic")}

    def rules(title, description, keys, patterns, **more):
        return {"title": title, "description": description, "type": ["object", "null"], "properties": keys,
                "patternProperties": patterns, "additionalProperties": False, **more}

    def says(answer, beside):
        """The answer, or items alone."""
        some = {"required": ["when"], "properties": {"when": {"type": "array", "minItems": 1}}}
        return {"anyOf": [*has(answer)["anyOf"],
                          {"allOf": [{"anyOf": [some, has("when")["anyOf"][1]]}, {"not": has(beside)}]}]}

    to_isup, to_sip = ref("to-isup"), ref("to-sip")
    isup_keys = {**code_keys(model, "sip", "to-isup", 300),
                 **{name: ref("to-isup", f"Statuses {name} without a rule of their own") for name in CLASSES},
                 "BYE": to_isup, "CANCEL": to_isup, "default": ref("to-isup", "What has no rule."),
                 "location": ref("locations")}
    sip_keys = {**code_keys(model, "q850", "to-sip"), "default": ref("to-sip", "What has no rule.")}
    answer = {"cause": ref("to-cause"), "location": ref("location", "The location that is written.")}
    response = {"status": ref("to-status"), "redress": ref("redress")}
    location_keys = {name: ref("location", f"Of statuses {name}") for name in CLASSES}
    location_keys["requests"] = ref("location", "Of BYE and CANCEL")
    return {
        "interworking": keyed("Interworking", "SIP to ISUP and back.", {
            "sip-to-isup": ref("sip-to-isup"), "isup-to-sip": ref("isup-to-sip")}, null=True),
        "sip-to-isup": rules("SIP to ISUP", "What goes into the REL: by status, class, BYE, CANCEL and default.",
                             isup_keys, {f"^({FINAL}|{CLASS})$": to_isup, other_case_of(["location"]): ref("locations"),
                                         other_case_of(["BYE", "CANCEL", "default"]): to_isup,
                                         other_names(model, "sip", 300): to_isup}),
        "isup-to-sip": rules("ISUP to SIP", "What answers the INVITE: by cause value and default.", sip_keys,
                             {f"^{CAUSE}$": to_sip, other_case_of(["default"]): to_sip,
                              other_names(model, "q850"): to_sip}),
        "to-cause": code_value(model, "q850", "Cause", "A cause value, its standard name, or none: no REL is sent.",
                               1, 127, ("none",)),
        "to-status": code_value(model, "sip", "Status", "A status code 300 to 699, its standard name, or none: no "
                                "response is sent.", 300, 699, ("none",), 300),
        "redress": truth("Redress", "true: with a redress contact the answer is a 603+.", default=False),
        "locations": keyed("Locations", "The location where neither the rule nor a Reason has one.", location_keys,
                           null=True),
        "to-isup": short_or_long("Rule", "A cause value, none, or a mapping that says more.", ref("to-cause"),
                                 ref("long-to-isup")),
        "long-to-isup": keyed("Rule", "What goes into the REL.", {**answer, "when": items(
            "When", "The first item whose conditions all hold counts, else the rule itself.", ref("to-isup-item"))},
            allOf=[says("cause", "location")]),
        "to-isup-item": item("Item", "Conditions, and what goes into the REL then.", answer, conditions, has("cause")),
        "to-sip": short_or_long("Rule", "A status code, none, or a mapping that says more.", ref("to-status"),
                                ref("long-to-sip")),
        "long-to-sip": keyed("Rule", "What answers the INVITE.", {**response, "when": items(
            "When", "The first item whose conditions all hold counts, else the rule itself.", ref("to-sip-item"))},
            allOf=[says("status", "redress")]),
        "to-sip-item": item("Item", "Conditions, and what answers the INVITE then.", response, of_isup, has("status")),
    }


def file_definitions(model):
    spaces, profiles = spaces_of(model), [(p.name, p.description) for p in model.profiles]
    header = text("Header", "A header's name.", pattern=TOKEN)
    no_reason = {"not": {"type": "string", "pattern": any_case_of(["Reason"])}}
    cause_header = keyed("Cause header", "Where the carrier puts its own code.", {
        "name": header, "param": text("Parameter", "The code is the value of this parameter.", pattern=TOKEN),
        "space": ref("space", "The space of the header's numbers; carrier without it."),
        "uri-param": truth("URI parameter", "true: parameters within a URI count too.", default=False)},
        allOf=[has("name"),
               only_if({"properties": {"uri-param": {"const": True}}, "required": ["uri-param"]}, has("param")),
               only_if({"properties": {"name": {"type": "string", "pattern": any_case_of(["Reason"])}},
                        "required": ["name"]}, has("param"))])
    declared = text("Label", "1 to 64 bytes.", maxLength=64, pattern=r"^[^\u0000-\u001f\u007f]*$")
    label = keyed("Disposition", "A label, and what rows that name it take.", {
        "name": declared, "outcome": ref("outcome"), "party": ref("party"), "route": ref("route")}, allOf=[has("name")])
    return {
        "sipcause": {"title": "Format", "description": "The version of the format: 1.", "enum": [1, "1"], "default": 1},
        "file-name": text("Name", "The table's name: the carrier's.", examples=["acme"]),
        "extends": {"title": "Extends", "description": "What holds wherever this file says nothing else: a profile, "
                    "none, or the path of another mapping file, beginning from this one's folder.",
                    "default": "default", "examples": ["fcc-2026", "base/us.yaml"],
                    "anyOf": [{"enum": [name for name, _ in [*profiles, ("none", "")]],
                               "enumDescriptions": [*(text for _, text in profiles), "Nothing: no code is mapped."]},
                              {"type": "string", "pattern": any_case_of([name for name, _ in [*profiles, ("none", "")]])},
                              {"type": "string",
                               "pattern": r"^(?!/)(.*/.*|.+\.([Yy][Aa][Mm][Ll]|[Yy][Mm][Ll]|[Jj][Ss][Oo][Nn]))$"}]},
        "effective": {"title": "Effective", "description": "From when on the table is in force: a date, or a date and "
                      "time with Z or an offset.", "type": "string", "examples": ["2026-03-25", "2026-03-25T00:00:00Z"],
                      "pattern": f"^{DAY}([Tt ]{HOUR}:[0-5][0-9]([Zz]|[+-]{HOUR}))?$"},
        "cause-headers": list_of("Cause headers", "Where the carrier puts its own code, best first; replaces the inherited "
                                 "list.", short_or_long("Cause header", "A header, or a mapping that says more.",
                                                        {"allOf": [header, no_reason]}, cause_header), maxItems=16,
                                 default=["X-Cause-Code"], examples=[["X-Cause-Code"]]),
        "precedence": list_of("Precedence", "The order in which the spaces are asked; one that is left out never decides.",
                              ref("space"), minItems=1, uniqueItems=True, default=["carrier", "q850", "sip"]),
        "ignore-reason": list_of("Ignore Reason", "Reason headers of responses with these statuses are passed over.",
                                 ref("status"), uniqueItems=True, maxItems=600, examples=[[486]]),
        "dispositions": list_of("Dispositions", "Labels of one's own, each declared before a row may use it.",
                                short_or_long("Disposition", "A label, or a mapping that says more.", declared, label),
                                uniqueItems=True),
        **map_definitions(model),
        "check": keyed("Check", "Severities of rules, for this file only.",
                       {name: ref("severity", meaning) for name, meaning in words_of(model, "rule")}, null=True),
        "severity": word("Severity", "How much the finding matters in this file.", words_of(model, "severity")),
        "space": word("Space", "A code space.", spaces),
        "location": word("Location", "A cause location of RFC 8606.", words_of(model, "location")),
        "status": code_value(model, "sip", "Status", "A SIP status code, 100 to 699, or its standard name.", 100, 699),
        "cause": code_value(model, "q850", "Cause", "A Q.850 cause value, 1 to 127, or its standard name.", 1, 127),
    }


ROOT_KEYS = ("sipcause", "extends", "effective", "cause-headers", "precedence", "ignore-reason", "dispositions", "map",
             "interworking", "check")


def mapping_definition():
    keys = {"sipcause": ref("sipcause"), "name": ref("file-name")}
    keys.update({name: ref(name) for name in ROOT_KEYS})
    return keyed("Mapping file", "What a carrier means by its codes: sipcause(5).", keys, allOf=[has("sipcause")])


def trunk_definitions():
    """A trunk object has a list causeCodeMappings at any depth; whatever else it holds is its owner's affair."""
    code = {"anyOf": [{"type": "null"}, {"type": "integer", "minimum": 0, "maximum": 4294967295},
                      {"type": "string", "pattern": f"^({ANY}|{WORD})?$"}, {"not": {"type": NO_WORD}}],
            "title": "Cause value", "description": "The carrier's number or word; null or empty: calls without one."}
    return {
        "without-mappings": {"properties": {"causeCodeMappings": False}, "additionalProperties": ref("without-mappings"),
                             "items": ref("without-mappings")},
        "trunk": {"title": "Trunk object", "description": "A trunk object with causeCodeMappings.",
                  "properties": {"causeCodeMappings": ref("mappings")}, "additionalProperties": ref("trunk"),
                  "items": ref("trunk")},
        "mappings": list_of("Mappings", "The carrier's cause values and their dispositions.", {
            "type": "object", "required": ["sipCauseCode", "disposition"],
            "properties": {"sipCauseCode": code, "disposition": text("Disposition", "A built-in label, or a new one.",
                                                                     maxLength=64)}}),
    }


def rendered(value, indent=0, room=118):
    """JSON with every object and list on one line that fits there."""
    line = json.dumps(value, ensure_ascii=True)
    if not isinstance(value, (dict, list)) or len(line) <= room - indent:
        return line
    inner = " " * (indent + 1)
    if isinstance(value, list):
        parts = [rendered(part, indent + 1, room) for part in value]
    else:
        parts = [f"{json.dumps(key)}: {rendered(part, indent + 1, room)}" for key, part in value.items()]
    begin, end = ("[", "]") if isinstance(value, list) else ("{", "}")
    return begin + "\n" + ",\n".join(inner + part for part in parts) + "\n" + " " * indent + end


def write_schema(model):
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Generated by data/generate.py from the CSV files in data; do not edit. SPDX-License-Identifier: MIT",
        "title": "sipcause mapping file",
        "description": "What a carrier means by its codes, where it puts them and which is asked first: sipcause(5).",
        "if": {"allOf": [{"not": ref("without-mappings")},
                         {"anyOf": [{"not": {"type": "object"}}, {"not": has("sipcause")}]}]},
        "then": ref("trunk"),
        "else": ref("mapping"),
        "definitions": {"mapping": mapping_definition(), **file_definitions(model), **row_definitions(model),
                        **interworking_definitions(model), **trunk_definitions()},
    }
    return rendered(schema) + "\n"
