#!/usr/bin/env python3
"""trace.py - why the calls of a trace ended: a line for each call, then how many ended with each disposition.

    trace.py TRACE [MAPPING]

TRACE is plain text: each SIP message begins with its start line, at the beginning of a line; what stands between
messages, a line of time and addresses for one, is passed over. The file is mapped into memory, and nothing of it is
copied. Messages are of one call when they have one Call-ID; `sipcause classify` looks closer: at the legs of a proxy,
time, the logs of many programs, calls that the trace does not see the end of.

Arguments: trace.txt acme.yaml

SPDX-License-Identifier: MIT
"""
import collections
import mmap
import re
import sys

import sipcause

START_LINE = re.compile(rb"^(?:SIP/2\.0 [1-6][0-9]{2} |[A-Z]+ [^ \r\n]+ SIP/2\.0\r?$)", re.MULTILINE)


def messages(trace):
    """Each message as a stretch of the trace."""
    starts = [match.start() for match in START_LINE.finditer(trace)]
    for start, end in zip(starts, [*starts[1:], len(trace)]):
        yield trace[start:end]


def calls(trace):
    """The messages by Call-ID, in the order of the trace; a call begins with its INVITE, or an answer to it."""
    found = {}
    for message in messages(trace):
        parts = sipcause.Message.parse(message)
        if parts is not None and parts.call_id is not None and (
                parts.cseq_method == "INVITE" or parts.call_id in found):
            found.setdefault(parts.call_id, []).append(message)
    return found


def show(trace, table):
    dispositions = collections.Counter()
    for call_id, verdict in sipcause.classify_calls(calls(trace), table):
        dispositions[verdict.disposition] += 1
        print(f"{call_id:30}  {verdict.disposition:26}  {verdict.route:5}  {verdict.decided_by or '-'}")
    print()
    for disposition, count in dispositions.most_common():
        print(f"{count:6}  {disposition}")


def main():
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("usage: trace.py TRACE [MAPPING]")
    try:
        table = sipcause.Table.load(sys.argv[2]) if len(sys.argv) == 3 else sipcause.Table.builtin()
        with open(sys.argv[1], "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            with memoryview(mapped) as trace:
                show(trace, table)
    except (sipcause.SipcauseError, OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        sys.exit(f"trace.py: {error}")


if __name__ == "__main__":
    main()
