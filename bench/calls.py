#!/usr/bin/env python3
"""Measures what a call into the Python package takes, beside Python's re and a dict.

    calls.py MAPPING

re is asked for less than the package: the status, the protocol and cause of each Reason value, and the code in the
carrier's header, by three patterns compiled before. What both find must be what was written.

SPDX-License-Identifier: MIT
"""
import random
import re
import sys
import time

import sipcause
import traffic
from command_rows import fail, rounds, row_ratio

MESSAGES, ROUNDS, SECONDS = 1024, 21, 0.02
STATUS = re.compile(rb"SIP/2\.0[ \t]+(\d{3})")
HEADERS = re.compile(rb"^(Reason|X-Cause-Code)[ \t]*:[ \t]*(.*?)\r?$", re.IGNORECASE | re.MULTILINE)
CAUSE = re.compile(rb'([\w.-]+)[ \t]*;(?:[^",]|"[^"]*")*?cause[ \t]*=[ \t]*(\d+)', re.IGNORECASE)


def responses(dice):
    """Final responses, each with its status, its Reason values, its carrier's code and its disposition."""
    endings = [ending for ending in traffic.ENDINGS if ending[1][0] != "2" and not ending[4]]
    for number in range(MESSAGES):
        _, line, headers, disposition, _ = dice.choices(endings, [ending[0] for ending in endings])[0]
        call = traffic.Call(dice, number, 0)
        call.say("SIP/2.0 " + line, "1 INVITE", ["Server: switch/12", *headers], down=False)
        wire = call.passed[0][2].replace(traffic.RUN, b"%06d" % number)
        reasons = [("Q.850", int(header[len("Reason: Q.850;cause="):].split(";")[0])) for header in headers
                   if header.startswith("Reason:")]
        vendor = [header.split()[1] for header in headers if header.startswith("X-Cause-Code:")]
        yield wire, (int(line[:3]), reasons, vendor), disposition


def by_re(wire):
    reasons, vendor = [], []
    for name, value in HEADERS.findall(wire):
        if name[0] in b"Rr":
            reasons += [(protocol.decode(), int(cause)) for protocol, cause in CAUSE.findall(value)]
        else:
            vendor.append(value.decode())
    return int(STATUS.match(wire).group(1)), reasons, vendor


def timed(work, on):
    """A contender: passes over all of `on` until the time is up, as seconds of one."""
    def run():
        begin, passes = time.process_time(), 0
        while True:
            for one in on:
                work(one)
            passes += 1
            taken = time.process_time() - begin
            if taken >= SECONDS:
                return taken / passes / len(on)
    return run


def main():
    table = sipcause.Table.load(sys.argv[1])
    release = sipcause.Release(table)
    made = list(responses(random.Random(1)))
    codes = [str(code) for code in table]
    entries = {code: table.lookup(code) for code in codes}

    def classify(wire):
        return sipcause.classify([wire], table).disposition

    def classify_again(wire):
        release.reset()
        release.message(wire)
        return release.decide().disposition

    for wire, truth, disposition in made:
        if by_re(wire) != truth or classify(wire) != disposition or classify_again(wire) != disposition:
            fail("an answer is wrong: " + repr(wire))
    wires = [wire for wire, _, _ in made]
    taken = rounds({"re": timed(by_re, wires), "classify": timed(classify, wires),
                    "again": timed(classify_again, wires), "dict": timed(entries.get, codes),
                    "lookup": timed(table.lookup, codes)}, ROUNDS)
    row_ratio("Python: classify a response", taken["classify"], taken["re"], "re", "message", 1, 1)
    row_ratio("Python: the same, one release", taken["again"], taken["re"], "re", "message", 1, 1)
    row_ratio("Python: look a code up", taken["lookup"], taken["dict"], "a dict", "lookup", 1, 1)


main()
