#!/usr/bin/env python3
# traffic.py - writes a trace of any length, and what must come of it.
#
#   traffic.py SEED BYTES [--form sngrep|byline|pcap] [--truth FILE] >TRACE
#
# The trace has about BYTES bytes: an hour's calls, all different, side by side; then the same hour again and again
# under other Call-IDs, tags and branches and with the clock going on, so that memory here does not depend on the length.
# FILE receives as JSON how many calls end how, as `sipcause classify -m examples/acme.yaml --json --summary`
# counts them, and how often which status is sent. Nothing of the project is asked for that: what an ending comes to
# stands in ENDINGS.
#
# SPDX-License-Identifier: MIT
import argparse
import collections
import datetime
import json
import random
import struct
import sys

CALLS_MOST = 10000      # of an hour
BYTES_OF_CALL = 3230    # about, so that BYTES is met
HOUR = b"~HOUR~~~~~~~~"  # as long as "2026/11/21 16"
RUN = b"~RUN~~"

# How often (of 1000), the final status line, headers that tell why, and what it comes to: the disposition, the flags.
ENDINGS = [
    (300, "200 OK", [], "Normal Clearing", []),
    (130, "486 Busy Here", ["Reason: Q.850;cause=17;text=\"User busy\""], "Busy", []),
    (40, "486 Busy Here", [], "Busy", []),
    (90, "480 Temporarily Unavailable", ["Reason: Q.850;cause=19"], "No Answer", []),
    (40, "480 Temporarily Unavailable", ["Reason: Q.850;cause=20;text=\"Subscriber absent\""], "Unreachable", []),
    (60, "404 Not Found", ["Reason: Q.850;cause=1;text=\"Unallocated (unassigned) number\""], "Invalid Number", []),
    (50, "503 Service Unavailable", ["Reason: Q.850;cause=34", "Retry-After: 30"], "Network Error", []),
    (50, "503 Service Unavailable", ["X-Cause-Code: 601"], "Fraud / Security Block", []),
    (40, "503 Service Unavailable", ["X-Cause-Code: 602", "Warning: 399 sbc \"upstream\""], "Network Error", []),
    (20, "480 Temporarily Unavailable", ["X-Cause-Code: 610"], "Number Portability Failure", []),
    (20, "499 Call Failed", ["X-Cause-Code: D35"], "Fraud / Security Block", []),
    (20, "488 Not Acceptable Here", ["Warning: 304 sbc \"Media type not available\""], "Media Mismatch", []),
    (20, "603 Decline", ["Reason: Q.850;cause=21"], "Rejected", []),
    (120, "487 Request Terminated", [], "Customer Abandon", ["no-cause"]),
]
SDP = ("v=0\no=- {0} {0} IN IP4 {1}\ns=-\nc=IN IP4 {1}\nt=0 0\nm=audio {2} RTP/AVP 8 0 18 101\na=rtpmap:8 PCMA/8000\n"
       "a=rtpmap:0 PCMU/8000\na=rtpmap:18 G729/8000\na=fmtp:18 annexb=no\na=rtpmap:101 telephone-event/8000\n"
       "a=fmtp:101 0-15\na=ptime:20\na=sendrecv\n").replace("\n", "\r\n")
NEAR, FAR = "192.0.2.10", "198.51.100.20"


class Call:
    """The messages of one call, each with the second of the hour at which it passes."""

    def __init__(self, dice, number, start):
        self.dice, self.time, self.passed = dice, start, []
        self.id = "%08x-%05d-%s@%s" % (dice.getrandbits(32), number, RUN.decode(), NEAR)
        self.caller, self.callee = ("+1%010d" % dice.randrange(2000000000, 9999999999) for _ in range(2))
        self.tags = ["%s%08x" % (RUN.decode(), dice.getrandbits(32)) for _ in range(2)]
        self.branch = self.new_branch()
        self.port = dice.randrange(16384, 32768, 2)

    def new_branch(self):
        return "z9hG4bK%s%012x" % (RUN.decode(), self.dice.getrandbits(48))

    def say(self, first, cseq, more=(), sdp=False, tagged=True, down=True):
        """down: from the caller's side to the callee's."""
        body = SDP.format(self.port + 11, NEAR if down else FAR, self.port) if sdp else ""
        lines = [first, "Via: SIP/2.0/UDP %s:5060;branch=%s;rport" % (NEAR, self.branch),
                 "From: \"%s\" <sip:%s@%s;user=phone>;tag=%s" % (self.caller, self.caller, NEAR, self.tags[0]),
                 "To: <sip:%s@%s;user=phone>%s" % (self.callee, FAR, ";tag=" + self.tags[1] if tagged else ""),
                 "Call-ID: " + self.id, "CSeq: " + cseq, *more,
                 *(["Content-Type: application/sdp"] if sdp else []), "Content-Length: %d" % len(body), "", body]
        self.passed.append((self.time, down, "\r\n".join(lines).encode()))

    def wait(self, least, most):
        self.time += self.dice.uniform(least, most)

    def ring(self):
        """INVITE, 100, and most often 183 or 180."""
        party = ["Contact: <sip:%s@%s:5060>" % (self.caller, NEAR),
                 "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO",
                 "User-Agent: carrier-sbc/7.4.1"]
        self.say("INVITE sip:%s@%s;user=phone SIP/2.0" % (self.callee, FAR), "1 INVITE",
                 ["Max-Forwards: 68", *party, "Supported: 100rel, timer, replaces", "Session-Expires: 1800",
                  "P-Asserted-Identity: <sip:%s@%s;user=phone>" % (self.caller, NEAR)], True, False)
        self.wait(0.01, 0.05)
        self.say("SIP/2.0 100 Trying", "1 INVITE", tagged=False, down=False)
        self.wait(0.5, 3)
        kind = self.dice.random()
        if kind < 0.85:
            self.say("SIP/2.0 " + ("183 Session Progress" if kind < 0.4 else "180 Ringing"), "1 INVITE",
                     ["Contact: <sip:%s@%s:5060>" % (self.callee, FAR), "Server: switch/12"], kind < 0.4, down=False)
            self.wait(1, 25)

    def ends(self, line, reasons):
        self.ring()
        uri = "sip:%s@%s:5060 SIP/2.0" % (self.callee, FAR)
        if line.startswith("487"):
            self.say("CANCEL " + uri, "1 CANCEL", ["Max-Forwards: 68"], tagged=False)
            self.say("SIP/2.0 200 OK", "1 CANCEL", down=False)
            self.wait(0.01, 0.1)
        answered = line.startswith("2")
        self.say("SIP/2.0 " + line, "1 INVITE",
                 [*(["Contact: <sip:%s@%s:5060>" % (self.callee, FAR)] if answered else []), "Server: switch/12",
                  *reasons], answered, down=False)
        again = self.dice.random() < 0.02
        if again:
            self.time += 0.5
            self.passed.append((self.time, False, self.passed[-1][2]))
        self.wait(0.005, 0.02)
        if answered:
            self.branch = self.new_branch()
        self.say("ACK " + uri, "1 ACK", ["Max-Forwards: 68"])
        if answered:
            self.wait(2, 240)
            self.branch = self.new_branch()
            down = self.dice.random() < 0.5
            self.say("BYE " + uri, "2 BYE", ["Max-Forwards: 68", "Reason: Q.850;cause=16"])
            self.wait(0.01, 0.1)
            self.say("SIP/2.0 200 OK", "2 BYE", down=not down)
        return again


def an_hour(dice, calls, seen):
    """All messages of the hour in their order; counts into seen what is in it."""
    messages = []
    endings = dice.choices(ENDINGS, [ending[0] for ending in ENDINGS], k=calls)
    for number, (_, line, reasons, disposition, flags) in enumerate(endings):
        call = Call(dice, number, dice.uniform(0, 3300))
        seen["retransmissions"] += call.ends(line, reasons)
        seen["dispositions"][disposition] += 1
        seen["flags"].update(flags)
        messages += call.passed
    for second in range(0, 3300, 3300 // (1 + calls // 100)):
        keepalive = Call(dice, 99999, second)
        keepalive.say("OPTIONS sip:%s SIP/2.0" % FAR, "1 OPTIONS", tagged=False)
        messages += keepalive.passed
        seen["other"] += 1
    seen["calls"] += calls
    seen["messages"] += len(messages)
    for _, _, text in messages:
        if text.startswith(b"SIP/2.0 "):
            seen["statuses"][text[8:11].decode()] += 1
    messages.sort(key=lambda message: message[0])
    return messages


def as_text(messages, form):
    pieces = []
    for time, down, text in messages:
        stamp = b"%s:%02d:%02d.%06d" % (HOUR, time // 60, time % 60, int(time * 1000000) % 1000000)
        ends = (NEAR, FAR) if down else (FAR, NEAR)
        arrow = b"%s:5060 -> %s:5060" % (ends[0].encode(), ends[1].encode())
        if form == "byline":
            pieces += [b"U ", stamp, b" ", arrow, b" #1\n", text.replace(b"\r\n", b".\n"), b"\n\n"]
        else:
            pieces += [stamp, b" ", arrow, b"\n", text, b"\n\n"]
    return b"".join(pieces)


def as_packets(messages, run, write):
    """UDP over IPv4, without an Ethernet header (LINKTYPE_RAW) or checksum."""
    for time, down, text in messages:
        text = text.replace(RUN, b"%06d" % run)
        ends = [bytes(map(int, end.split("."))) for end in ((NEAR, FAR) if down else (FAR, NEAR))]
        length = len(text) + 28
        second = int(time) + run * 3600 + 1795276800
        write(struct.pack("<IIII", second, int(time * 1000000) % 1000000, length, length) +
              struct.pack(">BBHHHBBH4s4s", 0x45, 0, length, 0, 0, 64, 17, 0, *ends) +
              struct.pack(">HHHH", 5060, 5060, length - 20, 0) + text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("seed", type=int)
    parser.add_argument("bytes", type=int)
    parser.add_argument("--form", choices=("sngrep", "byline", "pcap"), default="sngrep")
    parser.add_argument("--truth")
    asked = parser.parse_args()
    seen = collections.Counter()
    for name in ("dispositions", "flags", "statuses"):
        seen[name] = collections.Counter()
    hours = -(-asked.bytes // (CALLS_MOST * BYTES_OF_CALL))
    calls = max(1, asked.bytes // BYTES_OF_CALL // hours)
    messages = an_hour(random.Random(asked.seed), calls, seen)
    write = sys.stdout.buffer.write
    if asked.form == "pcap":
        write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
        for run in range(hours):
            as_packets(messages, run, write)
    else:
        text = as_text(messages, asked.form)
        messages.clear()
        start = datetime.datetime(2026, 11, 21)
        for run in range(hours):
            hour = (start + datetime.timedelta(hours=run)).strftime("%Y/%m/%d %H").encode()
            write(text.replace(HOUR, hour).replace(RUN, b"%06d" % run))
    sys.stdout.flush()
    if asked.truth:
        with open(asked.truth, "w", encoding="ascii") as file:
            json.dump({name: {key: n * hours for key, n in count.items()} if isinstance(count, dict) else count * hours
                       for name, count in seen.items()}, file, sort_keys=True)


if __name__ == "__main__":
    main()
