"""What must come of a response that stands alone: "How a verdict is reached" in sipcause(7), told a second time.

It is written from the manual and from data/*.csv and never asks the library, so that the library's answers can be
held against it. It knows as much as the corpus needs: one final response to INVITE, with its status and phrase, its
Reason values, its Warning and a carrier's own code.

SPDX-License-Identifier: MIT
"""
import csv
import os

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")
BLOCKED = "Fraud / Security Block"
# Asked just after q850 unless a mapping file names them; the other Reason protocols never decide by themselves.
OTHERS = ("preemption", "release-cause", "failure-cause")


def rows(name):
    with open(os.path.join(DATA, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


class Model:
    """The profile "default" with a carrier's rows: carrier is a dict from a code's text to its disposition."""

    def __init__(self, carrier):
        self.carrier = carrier
        self.standard = {}     # (space, value) -> disposition
        self.silent = {("q850", 16)}  # codes that tell nothing of a call that was not answered
        for space, name, key in (("sip", "sip_status.csv", "code"), ("q850", "q850.csv", "cause"),
                                 (None, "reason_causes.csv", "cause")):
            for row in rows(name):
                code = (space or row["space"], int(row[key]))
                if row["disposition"]:
                    self.standard[code] = row["disposition"]
                if row["uninformative"]:
                    self.silent.add(code)
        self.spaces = {row["protocol"].lower(): row["space"] for row in rows("reason_protocols.csv")}
        self.classes = {int(row["key"][0]): row["disposition"] for row in rows("fallbacks.csv")
                        if row["kind"] == "class"}
        self.warned = {(row["space"], int(row["value"])): row["disposition"] for row in rows("refinements.csv")
                       if row["conditions"] == "warning=304|305"}

    def candidates(self, status, reasons, vendor, notice):
        """The codes in the order in which they are asked; of each protocol the first value with a cause."""
        first = {}
        for protocol, cause in reasons:
            space = self.spaces.get(protocol.lower())
            if cause and space:
                first.setdefault(space, (space, cause))
        if vendor:
            yield "carrier", vendor
        if notice:
            yield "sip", status
        for space in ("q850",) + OTHERS:
            if space in first:
                yield first[space]
        yield "sip", status
        if "sip" in first:
            yield first["sip"]

    def decide(self, status, reasons, warning=None, vendor=None, notice=False):
        """The code that decides and the disposition. reasons: pairs of a protocol and its cause, 0 for none;
        warning: a warn-code; vendor: the carrier's code as text; notice: it is a whole 603+."""
        silent = []
        for code in self.candidates(status, reasons, vendor, notice):
            found = self.carrier.get(code[1]) if code[0] == "carrier" else self.standard.get(code)
            if warning in (304, 305):
                found = self.warned.get(code, found)
            if notice and code == ("sip", status):
                found = BLOCKED
            if found and code not in self.silent:
                return "%s:%s" % code, found
            if found:
                silent.append((code, found))
        silent.sort(key=lambda of: of[0] != ("sip", status))  # 487 goes before others that tell nothing
        if silent:
            return "%s:%s" % silent[0][0], silent[0][1]
        return "sip:%d" % status, self.classes[status // 100]
