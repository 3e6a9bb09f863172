"""Where the tests find things, and calls told line by line as tests/calls tells them (test_decide.c).

SPDX-License-Identifier: MIT
"""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(os.environ.get("SRCDIR") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("BUILD") or ROOT / "build")
COMMAND = BUILD / "sipcause"
COMPILER = os.environ.get("CC", "cc").split()
BUSY = b"SIP/2.0 486 Busy Here\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n"

OPTIONS = {"to": r" to=(\S*)", "cseq": r" cseq=(\d+)", "in_dialog": " (in-dialog)", "callee": " from=(callee)"}


def run_command(*arguments, given=b""):
    """What the command prints."""
    environment = {**os.environ, "LC_ALL": "C", "NO_COLOR": "1"}
    done = subprocess.run([str(COMMAND), *arguments], input=given, capture_output=True, env=environment, check=True)
    return done.stdout


class Told:
    """A message that is being told: what tests/telling.h makes of a line and of those that follow it."""

    def __init__(self, line):
        options = {name: re.search(pattern, line) for name, pattern in OPTIONS.items()}
        options = {name: match and match[1] for name, match in options.items()}
        for pattern in OPTIONS.values():
            line = re.sub(pattern, "", line)
        self.headers, self.octets = [], None
        self.status, self.method, self.phrase = None, None, None
        if line[0].isdigit():
            self.status, self.phrase = int(line.split(" ")[0]), line.partition(" ")[2]
            self.to, self.cseq = options["to"] or "callee-tag", int(options["cseq"] or 1)
        else:
            self.method = line.split(" ")[0]
            is_bye = self.method == "BYE"
            self.side = "unknown" if is_bye and " " not in line else (
                "callee" if "callee" in line or options["callee"] else "caller")
            self.to = "callee-tag" if options["in_dialog"] or is_bye else None
            self.cseq = int(options["cseq"] or (9 if is_bye else 1))
        self.line = line

    def header(self, name):
        for sent, value in self.headers:
            if sent.lower() in name:
                return value
        return None

    def add_body(self, line):
        octets = bytes.fromhex(line[1:]) if line[0] == "+" else line[2:].encode()
        self.octets = octets if self.octets is None else self.octets + b"\r\n" + octets

    def give_parts(self, release):
        if self.status is not None:
            release.response(self.status, self.phrase, "INVITE", self.to, self.cseq)
        else:
            release.request(self.method, self.side, self.to, self.cseq)
        for name, value in self.headers:
            release.header(name, value)
        if self.octets is not None:
            length = self.header(("content-length", "l"))
            octets = self.octets if length is None else self.octets[:int(length)]
            release.body(self.header(("content-type", "c")), octets)

    def message(self):
        tag = self.to
        if self.status is not None:
            lines = [f"SIP/2.0 {self.line}", "From: <sip:a@example.com>;tag=caller-tag"]
        else:
            own = {"unknown": "nobody", "callee": "callee-tag", "caller": "caller-tag"}[self.side]
            tag = "caller-tag" if self.side == "callee" else tag
            lines = [f"{self.method} sip:b@example.net SIP/2.0", f"From: <sip:a@example.com>;tag={own}"]
        lines += [f"Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK{self.cseq}", "Call-ID: call@example.com",
                  "To: <sip:b@example.net>" + (f";tag={tag}" if tag else ""),
                  f"CSeq: {self.cseq} {self.method or 'INVITE'}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        octets = self.octets or b""
        if self.octets is not None and self.header(("content-length", "l")) is None:
            lines.append(f"Content-Length: {len(octets)}")
        return "\r\n".join([*lines, "", ""]).encode() + octets


class Call:
    """A file of tests/calls: its mapping or profile, and what is told and asked, in order."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\A(#.*\n|\n)*", "", text)
        self.name, self.profile, self.mapping, self.events = path.name, None, None, []
        match = re.match(r"profile (.*)\n|mapping\n(.*?\n)end\n", text, re.S)
        if match:
            self.profile, self.mapping = match[1] and match[1].split("\n")[0], match[2]
            text = text[match.end():] if match[2] else text.partition("\n")[2]
        for line in text.split("\n"):
            if line and line[0] != "#":
                self.read(line.replace("<fold>", "\r\n ", 1))

    def read(self, line):
        """An event is a message that is told, ("isup", octets), ("local", word) or ("=", key, value)."""
        if line[0] == "=":
            self.events.append(("=", *re.match(r"= (\S+) ?(.*)", line).groups()))
        elif line.startswith("isup "):
            self.events.append(("isup", bytes.fromhex(line[5:])))
        elif line.startswith("local "):
            self.events.append(("local", line[6:]))
        elif line[0].isdigit() or line.startswith(("INVITE", "CANCEL", "BYE")):
            self.events.append(Told(line))
        elif line[0] in "|+":
            self.events[-1].add_body(line)
        else:
            name, _, value = line.partition(":")
            self.events[-1].headers.append((name, value.lstrip(" ")))

    @property
    def on_the_wire(self):
        """Whether messages alone tell it."""
        return all(isinstance(event, Told) or event[0] == "=" for event in self.events)


def calls():
    return [Call(path) for path in sorted((ROOT / "tests/calls").iterdir())]
