#!/usr/bin/env python3
"""A second reader of the Reason header, straight from the ABNF as regular expressions: slow and strict.

    tests/reference/reason.py LIBRARY [COUNT [SEED]]

Makes COUNT random header values and compares: where the grammar holds, the library must read the same
values and find nothing against the grammar; where it does not hold, the library must find something.
SPDX-License-Identifier: MIT
"""
import ctypes
import random
import re
import sys

WSP = r"[ \t]"
LWS = rf"(?:{WSP}*(?:\r\n|\n))?{WSP}+"
SWS = r"[ \t\r\n]*"  # a value ends where its line does: between tokens a line end can only be a fold's
TOKEN = r"[A-Za-z0-9\-.!%*_+`'~]+"
QDTEXT = rf"(?:{LWS}|[\x21\x23-\x5b\x5d-\x7e\x80-\xff])"
QUOTED = rf'"(?:{QDTEXT}|\\[\x00-\x09\x0b-\x0c\x0e-\x7f])*"'
TOKEN_OR_HOST = r"[A-Za-z0-9\-.!%*_+`'~\[\]:]+"  # not told apart: no parameter of Reason is a host
VALUE = rf"(?:{QUOTED}|{TOKEN_OR_HOST})"
PARAMETER = rf"({TOKEN})(?:{SWS}={SWS}({VALUE}))?"
SEMI, COMMA = rf"{SWS};{SWS}", rf"{SWS},{SWS}"
REASON = re.compile(rf"({TOKEN})((?:{SEMI}{PARAMETER})*)")
STRICT = re.compile(rf"{SWS}{TOKEN}(?:{SEMI}{PARAMETER})*(?:{COMMA}{TOKEN}(?:{SEMI}{PARAMETER})*)*{SWS}")
NEXT = re.compile(rf"{SEMI}{PARAMETER}")

# Rules on what the grammar says, by their numbers; the others are about meaning.
GRAMMAR = {1, 2, 3, 4, 10, 11, 12, 16}


class Slice(ctypes.Structure):
    _fields_ = [("text", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    def bytes(self):
        return None if self.text is None else ctypes.string_at(self.text, self.length)


class Reason(ctypes.Structure):
    _fields_ = [("protocol", Slice), ("text", Slice), ("parameters", Slice), ("findings", ctypes.c_uint64),
                ("cause", ctypes.c_uint32), ("space", ctypes.c_uint16), ("has_cause", ctypes.c_uint8),
                ("location", ctypes.c_uint8), ("reserved", ctypes.c_uint64 * 4)]


class Iterator(ctypes.Structure):
    _fields_ = [("next", ctypes.c_void_p), ("end", ctypes.c_void_p), ("seen", ctypes.c_uint64),
                ("pending", ctypes.c_uint64), ("reserved", ctypes.c_uint64 * 4)]


def by_library(library, value):
    iterator, reason, values, findings = Iterator(), Reason(), [], 0
    held = ctypes.create_string_buffer(value, len(value) + 1)
    library.sipcause_reason_begin(ctypes.byref(iterator), held, ctypes.c_size_t(len(value)))
    while library.sipcause_reason_next(ctypes.byref(iterator), ctypes.byref(reason)):
        values.append((reason.protocol.bytes(), reason.cause if reason.has_cause else None, reason.text.bytes()))
        findings |= reason.findings
    findings |= iterator.pending
    return values, {rule for rule in range(64) if findings >> rule & 1}


def by_grammar(value):
    """The values, or None where the grammar does not hold."""
    text = value.decode("latin-1")
    if not STRICT.fullmatch(text):
        return None
    values, at = [], re.compile(SWS).match(text).end()
    while True:
        found = REASON.match(text, at)
        cause = words = None
        seen = set()
        for name, content in NEXT.findall(found.group(2)):
            name = name.lower()
            if name == "text" and not content.startswith('"'):
                return None
            if name in seen:
                continue
            if name == "cause":
                if not re.fullmatch("[0-9]+", content) or int(content) > 0xFFFFFFFF:
                    return None
                cause = int(content)
            elif name == "text":
                words = content[1:-1].encode("latin-1")
            elif name == "location" and content.startswith('"'):
                return None
            seen.add(name)
        values.append((found.group(1).encode(), cause, words))
        comma = re.compile(COMMA).match(text, found.end())
        if not comma:
            return values
        at = comma.end()


PIECES = ["SIP", "Q.850", "x", ";", ";", ";", ",", "=", " ", "\r\n ", "\n\t", "\t", "cause", "cause=16", ";cause=0",
          "=", "text", 'text="', '"', "\\", '\\"', "16", "99999999999", "location=LN", "a", "[::1]", "/", "\x01",
          "\xe9", ';text="a;b,c"', ";cause = 17", 'y="z"', "\n", "\r", "text=a b", "<"]


def main():
    library = ctypes.CDLL(sys.argv[1])
    library.sipcause_reason_next.restype = ctypes.c_bool
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    strict = 0
    for _ in range(count):
        value = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 10))).encode("latin-1")
        if chance.random() < 0.5:
            value = chance.choice([b"SIP;", b"Q.850 ;cause=16;"]) + value
        wanted = by_grammar(value)
        values, rules = by_library(library, value)
        broken = rules & GRAMMAR
        if wanted is None:
            # A control character has a rule of its own, which a quoted pair may raise too; of a second
            # cause only that it is there is told.
            if not broken and not rules & {8, 21}:
                sys.exit(f"{value!r}: not grammatical, and nothing was found")
        elif broken or values != wanted:
            sys.exit(f"{value!r}: grammar {wanted}, library {values}, rules {sorted(rules)}")
        else:
            strict += 1
    print(f"{count} values, {strict} of them grammatical: no difference")


main()
