#!/usr/bin/env python3
"""Feeds the command what a terminal would obey, in every place that can hold it, as text and as JSON.

    tests/hygiene.py SIPCAUSE

A failure is a byte below 0x20 that is no line end, 0x7F, what is no UTF-8, a C1 control character, a line separator
or a character that turns the direction of a text or cannot be seen, on either stream; or a line of JSON that does not
parse.
"""
import json
import os
import subprocess
import sys
import tempfile

INVISIBLE = [0x7F, *range(0x80, 0xA0), 0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
             *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
FORBIDDEN = frozenset(map(chr, [*range(0x20), *INVISIBLE])) - {"\n"}

POISONS = [bytes([c]) for c in range(0x20)]
POISONS += [chr(c).encode() for c in INVISIBLE]
POISONS += [bytes([c]) for c in range(0x80, 0x100)]  # alone: no UTF-8
POISONS += [
    b"\x1b[2J", b"\x1b]0;title\x07", b"\x1b]8;;http://x\x1b\\", b"\x1bP1$r\x1b\\", b"\x1b[6n", b"\x9b2J",
    b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf0\x80\x80\x80",
    b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xc2", b"\xe2\x80", b"\xf0\x9f\x98", b"\xe2\x28\xa1",
    b"\xc2\x1b", b"\xe2\x80\x1b[2J", b"\\", b"\"", b"\\\"", b"\\\x1b", b"%s%n", b"x" * 70000 + b"\x1b[2J",
    b"\x1b" * 5000, b"\xc2" * 5000, "\u202e".encode() * 3000, "ü\u20ac\U0001f600".encode(),
]



def joined(words, most=150):
    """The words that are longer than that, and the others put together up to it."""
    made, long = [b""], []
    for word in words:
        if len(word) > most:
            long.append(word)
        elif len(made[-1]) + len(word) > most:
            made.append(word)
        else:
            made[-1] += (b"a" if made[-1] else b"") + word
    return made + long


# Without NUL and line end, which end a word of the command line, and a scalar.
# A sanitizer, which make says with SLOW_RUN, makes each run dear: fewer and longer ones.
JOINED = joined([poison for poison in POISONS if poison not in (b"\0", b"\n")], 4000 if "SLOW_RUN" in os.environ else 150)

command = sys.argv[1]
runs = 0
failures = []


def check(what, arguments, stream, data, is_json):
    """is_json: every line is an object; "whole": all of it is one."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        failures.append(f"{what}: {stream} is no UTF-8: {error}")
        return
    bad = sorted(f"U+{ord(c):04X}" for c in FORBIDDEN.intersection(text))
    if bad:
        failures.append(f"{what}: {stream} of {arguments[:4]} has {' '.join(bad)}")
    if not is_json:
        return
    for line in [text] if is_json == "whole" and text else text.split("\n")[:-1]:
        try:
            json.loads(line)
        except ValueError as error:
            failures.append(f"{what}: no JSON ({error}): {line[:200]}")
    if text and not text.endswith("\n"):
        failures.append(f"{what}: the last line of JSON has no end")


def run(what, *arguments, given=b"", is_json=False, files=None):
    """Runs the command, in a folder with these files; returns what it wrote on standard output."""
    global runs
    runs += 1
    environment = {**os.environ, "LC_ALL": "C", "NO_COLOR": "1"}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (files or {}).items():
            with open(os.path.join(folder.encode(), name), "wb") as file:
                file.write(content)
        done = subprocess.run([command, *arguments], input=given, capture_output=True, cwd=folder, env=environment,
                              check=False)
    if done.returncode not in (0, 1, 2, 3):
        failures.append(f"{what}: {arguments[:4]} ended with {done.returncode}: {done.stderr[-300:]}")
    check(what, arguments, "standard output", done.stdout, is_json if done.returncode in (0, 1) else False)
    check(what, arguments, "standard error", done.stderr, False)
    return done.stdout


def call(number, call_id, phrase, headers):
    """A call that fails with 603, its answer with these headers."""
    head = [b"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%d" % number, b"From: <sip:a@example.com>;tag=f%d" % number]
    invite = [b"INVITE sip:b@example.com SIP/2.0", *head, b"To: <sip:b@example.com>", b"Call-ID: " + call_id,
              b"CSeq: 1 INVITE", b"", b""]
    answer = [b"SIP/2.0 603 " + phrase, *head, b"To: <sip:b@example.com>;tag=t", b"Call-ID: " + call_id,
              b"CSeq: 1 INVITE", *headers, b"", b""]
    return b"\n".join([*invite, *answer])


NOTICE = b"v=analytics1;url=https://example.com/;tel=+12125550100;email=a@example.com;id="
PLACES = {  # of a message
    "Call-ID": lambda p: (p + b"c" + p, b"Decline", []),
    "phrase": lambda p: (b"", b"Decline" + p, []),
    "tag": lambda p: (b"", b"Decline", [b"From: <sip:a@example.com>;tag=" + p]),
    "protocol": lambda p: (b"", b"Decline", [b"Reason: Q.85" + p + b";cause=16;text=\"x\""]),
    "cause": lambda p: (b"", b"Decline", [b"Reason: Q.850;cause=1" + p + b"6"]),
    "location": lambda p: (b"", b"Decline", [b"Reason: Q.850;cause=16;location=U" + p]),
    "text": lambda p: (b"", b"Decline", [b"Reason: SIP;cause=603;text=\"x" + p + b"x\""]),
    "bare text": lambda p: (b"", b"Decline", [b"Reason: SIP;cause=603;text=x" + p + b"x"]),
    "parameter": lambda p: (b"", b"Decline", [b"Reason: SIP;cause=603;x" + p + b"=\"y" + p + b"\""]),
    "carrier": lambda p: (b"", b"Decline", [b"X-Cause-Code: D" + p + b"7"]),
    "carrier alone": lambda p: (b"", b"Decline", [b"X-Cause-Code: " + p]),
    "Q.850 header": lambda p: (b"", b"Decline", [b"X-Q850: x" + p]),
    "Retry-After": lambda p: (b"", b"Decline", [b"Retry-After: 5" + p]),
    "notice": lambda p: (b"", b"Network Blocked",
                         [b"Reason: SIP;cause=603;text=\"" + NOTICE + b"x" + p + b"\";location=LN"]),
    "notice's url": lambda p: (b"", b"Network Blocked",
                               [b"Reason: SIP;cause=603;text=\"v=analytics1;url=https://e" + p + b"/\";location=LN"]),
    "header": lambda p: (b"", b"Decline", [b"X-" + p + b": x", b"Reason" + p + b": SIP;cause=603"]),
}

HEAD = b"sipcause: 1\nname: x\nextends: default\n"
MAPPING = HEAD + b"cause-headers:\n  - X-Cause-Code\n  - {name: X-Q850, space: q850}\n"


def of_traces():
    mapping = {b"m.yaml": MAPPING}
    if b"X-Q850" not in run("mapping", "show", "-m", "m.yaml", files=mapping):
        failures.append("the mapping file of this test does not load")
    for place, made in PLACES.items():
        trace = b""
        for number, poison in enumerate(POISONS):
            call_id, phrase, headers = made(poison)
            trace += call(number, call_id or b"call%d" % number, phrase, headers)
        for options in ([], ["--json"], ["--summary"], ["--json", "--summary"]):
            for redact in ([], ["--redact"]):
                run(place, "classify", "-m", "m.yaml", *options, *redact, given=trace, files=mapping,
                    is_json="--json" in options)
        for redact in ([], ["--redact"]):
            run(place, "survey", "-m", "m.yaml", *redact, given=trace, files=mapping)
            kept = run(place, "survey", "--json", "-m", "m.yaml", *redact, given=trace, files=mapping, is_json="whole")
            if kept != run(place, "survey", "--json", given=kept, is_json="whole"):
                failures.append(f"{place}: a survey of {redact} is not what is kept of it")
    sent = [b"a" + poison + b"z" for poison in POISONS if poison not in (b"\n", b"\r") and len(poison) < 60000]
    trace = b"".join(call(number, call_id, b"Decline", []) for number, call_id in enumerate(sent))
    told = {json.loads(line)["call_id"] for line in run("Call-ID", "classify", "--json", given=trace).splitlines()}
    if told != {call_id.decode("utf-8", "replace") for call_id in sent}:
        failures.append("the Call-IDs of JSON are not those that were sent")


def of_reasons():
    shapes = [b"%s", b"SIP%s;cause=603", b"SIP;cause=%s", b"SIP;cause=1%s;x", b"SIP;text=\"%s\"", b"SIP;text=%s",
              b"SIP;x%s=y", b"SIP;x=%s", b"SIP;x=\"%s", b"Q.850;cause=16;location=%s", b"Reason%s: SIP;cause=486"]
    for shape in shapes:
        values = [shape.replace(b"%s", poison) for poison in POISONS if b"\0" not in poison]
        for options in ([], ["--json"], ["--redact"], ["--json", "--redact"]):
            run(shape.decode(), "reason", *options, "--", *values, is_json="--json" in options)


def of_surveys():
    """What is kept of surveys, by whomever."""
    row = (b"{\"calls\":1,\"method\":null,\"answered\":false,\"status\":null,\"q850\":null,\"location\":null,"
           b"\"carrier\":\"1\",\"header\":\"X\",\"reason\":null}")
    whole = b"{\"survey\":1,\"calls\":1,\"other\":0,\"rows\":[" + row + b"]}"
    for place in (b"\"carrier\":\"1", b"\"header\":\"X", b"\"method\":", b"\"calls", b"\"survey\":", b"\"reason\":"):
        for poison in JOINED:
            given = whole.replace(place, place + poison)
            run("survey", "survey", given=given)
            run("survey", "survey", "--redact", "--json", given=given, is_json="whole")


def of_words():
    """The command line; file names are among it."""
    lines = [[b"classify", b"%s"], [b"classify", b"--fail-on", b"%s"], [b"classify", b"-m", b"%s"], [b"%s"],
             [b"survey", b"%s"], [b"survey", b"--fail-on", b"%s"], [b"survey", b"-m", b"%s"],
             [b"help", b"%s"], [b"classify", b"--%s"], [b"lookup", b"%s"], [b"lookup", b"sip:%s"],
             [b"lookup", b"carrier:%s"], [b"lookup", b"--json", b"carrier:A%s"], [b"translate", b"%s"],
             [b"translate", b"q850:1%s"], [b"translate", b"isup:16/%s"], [b"show", b"%s"], [b"show", b"-m", b"./%s"],
             [b"show", b"--format", b"%s"], [b"diff", b"default", b"%s"], [b"diff", b"./%s", b"default"],
             [b"check", b"%s"], [b"check", b"--json", b"./%s"], [b"check", b"--rule", b"%s"],
             [b"check", b"--rule", b"redundant=%s"], [b"check", b"--severity", b"%s"],
             [b"check", b"--observed", b"%s", b"default"],
             [b"profiles", b"%s"], [b"reason", b"--%s"], [b"classify", b"--redact", b"%s"]]
    for line in lines:
        for poison in JOINED:
            run(line[0].decode(), *[word.replace(b"%s", poison) for word in line])


def of_mappings():
    labels = b"dispositions:\n  - {name: \"%s\", outcome: busy}\n"
    shapes = [b"sipcause: 1\nname: %s\n", b"sipcause: 1\n%s: x\n", b"%s", b"sipcause: 1\nextends: \"%s\"\n",
              HEAD + b"map:\n  sip:\n    %s: x\n", HEAD + b"map:\n  sip:\n    486: \"%s\"\n",
              HEAD + labels + b"map:\n  sip:\n    486: {disposition: \"%s\", name: \"%s\", note: \"%s\"}\n",
              HEAD + b"map:\n  carrier:\n    \"%s\": Busy\n", HEAD + b"cause-headers:\n  - X-%s\n",
              HEAD + b"cause-headers:\n  - {name: X, param: \"%s\"}\n"]
    escapes = [b"\\x%02x" % c for c in [*range(1, 0x20), *range(0x7F, 0xA0), 0xAD]]
    escapes += [b"\\U%08x" % c for c in INVISIBLE if c >= 0x100]
    name = b"sipcause: 1\nname: \"%s\"\nextends: default\n"
    for shape in [name, *shapes]:
        for poison in [*JOINED, *joined(escapes)]:
            files = {b"m.yaml": shape.replace(b"%s", poison)}
            for form in (["show", "-m"], ["show", "--json", "-m"], ["show", "--format", "yaml", "-m"],
                         ["diff", "default"], ["diff", "--json", "default"]):
                run(shape.decode(), *form, "m.yaml", is_json="--json" in form, files=files)
            for form in (["--source"], ["--json"]):
                run(shape.decode(), "check", *form, "m.yaml", ".", is_json="--json" in form, files=files)
    for poison in JOINED:
        name = b"m" + poison.replace(b"/", b"") + b".yaml"
        for content in (b"sipcause: 1\nname: [\n", b"sipcause: 1\nextends: ./none.yaml\n", HEAD + b"map: {sip: {1: x}}\n"):
            if len(name) < 255:
                run("file name", b"show", b"-m", b"./" + name, files={name: content})
                run("file name", b"check", b"--source", b"./" + name, b".", files={name: content})
                run("file name", b"check", b"--json", b"./" + name, b".", is_json=True, files={name: content})
        if len(name) < 255:
            files = {name: HEAD + b"map: {sip: {486: Rejected}}\n"}
            run("file name", b"diff", b"default", b"./" + name, files=files)
            run("file name", b"diff", "--json", b"default", b"./" + name, files=files, is_json=True)


def main():
    of_traces()
    of_reasons()
    of_surveys()
    of_words()
    of_mappings()
    for failure in failures[:40]:
        print(failure)
    print(f"{runs} runs with what a terminal obeys, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
