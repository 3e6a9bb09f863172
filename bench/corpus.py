#!/usr/bin/env python3
"""Makes responses to INVITE as carriers send them, and what is true of each.

    bench/corpus.py SEED COUNT FOLDER

The same seed makes the same bytes. Every message keeps to the grammar of RFC 3261; a tenth are awkward: compact names,
folds, odd case, blanks where they are allowed, escapes in texts, several Reason headers. In FOLDER:

    messages.bin   the responses, one behind the other
    reasons.bin    as many Reason values, one for each response and not its own
    truth.tsv      a line for each: the lengths of both, whether it is awkward (0, 1), status, value of X-Cause-Code,
                   the code that must decide, the disposition that must come of it, the Reason values of the response
                   and those of the value in reasons.bin, as PROTOCOL/CAUSE,... cause 0 for none; "-": there are none
    carrier.yaml   the mapping file that the carrier's codes are decided by

SPDX-License-Identifier: MIT
"""
import os
import random
import sys

from model import Model, rows

CODES = "ABCDEFGHJKLMNPQRSTUVWXYZ"
HEX = "0123456789abcdef"
HOSTS = ("sbc1.example.net", "edge-fra-2.carrier.example", "198.51.100.17", "203.0.113.201", "gw07.voice.example.com",
         "pstn.ams.example.org", "192.0.2.44", "p-cscf.ims.example.net", "[2001:db8::5060:17]", "trunk.example.com")
NAMES = ("", "Anonymous", '"Alice Example"', '"Smith, Bob; Sales"', "Reception", '"Desk <3>"', '"+14155550100"')
# Status, how often of a thousand, the causes that a gateway sends with it.
STATUSES = (
    (486, 180, (17,)), (480, 150, (18, 19, 20, 31)), (404, 120, (1, 2, 3)), (503, 110, (34, 38, 41, 42, 44, 47)),
    (487, 80, (16, 31, 127)), (408, 50, (102, 18)), (500, 50, (41, 31)), (603, 45, (21, 17)), (403, 45, (21, 55, 57)),
    (484, 25, (28,)), (488, 25, (65, 88, 79)), (502, 20, (27, 38)), (504, 20, (102,)), (410, 15, (22,)), (401, 8, ()),
    (407, 8, ()), (400, 8, (111, 127)), (415, 6, (79, 65)), (420, 3, ()), (433, 4, (24,)), (481, 4, (31,)),
    (483, 4, (25,)), (501, 4, (69, 79)), (580, 3, ()), (600, 5, (17,)), (604, 4, (1,)), (606, 2, (31,)),
    (607, 4, (21,)), (608, 4, (21,)), (302, 3, ()), (499, 2, ()), (598, 1, ()), (699, 1, ()))
TEXTS = ("", "", "Call declined by policy", "all circuits busy; try again", "CPS limit reached, trunk 7",
         "cause=17 from peer", "No route to destination through any of the trunks", "subscriber absent")
SERVERS = ("Server: kamailio (5.7.4 (x86_64/linux))", "Server: OpenSIPS (3.4.8 (x86_64/linux))",
           "User-Agent: Asterisk PBX 20.5.0", "Server: FPBX-16.0.40.7(18.20.0)", "Server: Oracle SCZ9.1.0 Patch 2",
           "User-Agent: FreeSWITCH-mod_sofia/1.10.11-release~64bit", "Server: Cisco-SIPGateway/IOS-16.12.4",
           "User-Agent: Mediant 4000/v.7.40A.500.357", "Server: SONUS-SBC", "User-Agent: ITSP-Class5/8.2")
ALLOWS = ("INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, REFER, INFO, NOTIFY, SUBSCRIBE, MESSAGE",
          "INVITE,ACK,CANCEL,BYE,OPTIONS,INFO,UPDATE,PRACK,REFER", "INVITE, ACK, OPTIONS, CANCEL, BYE, SUBSCRIBE, "
          "NOTIFY, INFO, PUBLISH, MESSAGE", "ACK, BYE, CANCEL, INVITE, OPTIONS, UPDATE")
COMPACT = {"Via": "v", "From": "f", "To": "t", "Call-ID": "i", "Contact": "m", "Content-Length": "l",
           "Supported": "k", "Content-Type": "c"}
# Where stacks put their headers; what a response lacks is passed over.
ORDERS = tuple(order.split() for order in (
    "Via Record-Route From To Call-ID CSeq Contact Agent Allow Supported Reason X-Cause-Code More Warning Retry-After "
    "Content-Length",
    "Via From To Call-ID CSeq Agent Allow Supported Reason X-Cause-Code Warning Retry-After More Content-Length",
    "Via Record-Route Call-ID From To CSeq Reason Warning X-Cause-Code Contact Allow Supported More Retry-After Agent "
    "Content-Length",
    "Via To From Call-ID CSeq Content-Length Retry-After Reason More Contact Record-Route Supported Allow Agent "
    "X-Cause-Code Warning",
    "From To CSeq Call-ID Via X-Cause-Code Reason More Agent Contact Allow Supported Record-Route Warning Retry-After "
    "Content-Length"))


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.phrases = {int(row["code"]): row["phrase"] for row in rows("sip_status.csv")}
        self.names = {int(row["cause"]): row["name"] for row in rows("q850.csv")}
        self.others = [(row["space"].upper().replace("-", "_") if row["space"] != "preemption" else "Preemption",
                        int(row["cause"]), row["name"]) for row in rows("reason_causes.csv")
                       if (row["space"], row["cause"]) != ("release-cause", "1")]
        self.carrier = self.make_carrier()
        self.model = Model(self.carrier)
        self.mapped = sorted(self.carrier)
        self.statuses = [status for status, often, _ in STATUSES for _ in range(often)]
        self.causes = {status: causes for status, _, causes in STATUSES}

    # ---- pieces -----------------------------------------------------------------------------------------

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def pick(self, of):
        return of[int(self.random.random() * len(of))]

    def digits(self, count):
        return str(int(self.random.random() * 9 * 10 ** (count - 1)) + 10 ** (count - 1))

    def hex(self, count):
        return "%0*x" % (count, self.random.getrandbits(4 * count))

    def make_carrier(self):
        """200 numbers and 40 words; labels as carriers' lists have them."""
        labels = [row["name"] for row in rows("dispositions.csv") if row["name"] != "Unknown"]
        codes = {str(100 + 3 * i + int(self.random.random() * 3)): self.pick(labels) for i in range(200)}
        codes.update({self.pick(CODES) + str(10 + i): self.pick(labels) for i in range(40)})
        return codes

    def mapping_file(self):
        rows_of = "".join("    %s: %s\n" % row for row in self.carrier.items())
        return "sipcause: 1\nname: bench\ncause-headers: [X-Cause-Code]\nmap:\n  carrier:\n" + rows_of

    # ---- evidence ---------------------------------------------------------------------------------------

    def quoted(self, text, awkward):
        if awkward and self.chance(40):
            text = text + self.pick((' (\\"peer\\")', " \\\\ trunk", ", see log; id=7", " \\; \\,"))
        return '"%s"' % text

    def value(self, protocol, cause, text, awkward):
        """One Reason value, its parameters in any order, with blanks and folds where the grammar allows them."""
        parameters = [("cause", str(cause))] if cause else []
        if text:
            parameters.append(("text", self.quoted(text, awkward)))
        if protocol.upper() == "Q.850" and self.chance(15):
            parameters.append(("location", self.pick(("U", "LN", "RLN", "TN", "INTL", "BI"))))
        if len(parameters) > 1 and self.chance(10):
            parameters.reverse()
        semicolon = equals = None
        if awkward:
            semicolon = self.pick((";", " ; ", "; ", ";\r\n ", "; \r\n\t"))
            equals = self.pick(("=", "=", " = ", "= "))
            protocol = self.pick((protocol, protocol.lower(), protocol.upper()))
            parameters = [(self.pick((name, name, name.upper(), name.capitalize())), of) for name, of in parameters]
        elif self.chance(12):
            semicolon = "; "
        return (semicolon or ";").join([protocol] + [name + (equals or "=") + of for name, of in parameters])

    def q850(self, status, awkward):
        likely = self.causes.get(status)
        cause = self.pick(likely) if likely and self.chance(80) else self.pick(list(self.names))
        if self.chance(1):
            cause = self.pick((10, 33, 105, 126))  # not assigned: it tells nothing, and the next code is asked
        text = self.names.get(cause, "Proprietary") if self.chance(90) else self.pick(TEXTS)
        return ("Q.850", cause), self.value("Q.850", cause, text, awkward)

    def sip(self, status, awkward):
        cause = status if self.chance(60) or status > 608 else self.pick((486, 480, 503, 404, 603, 500))
        text = self.phrases.get(cause, "") if self.chance(85) else self.pick(TEXTS)
        return ("SIP", cause), self.value("SIP", cause, text, awkward)

    def other(self, awkward):
        protocol, cause, text = self.pick(self.others)
        return (protocol, cause), self.value(protocol, cause, text, awkward)

    def bare(self, awkward):
        protocol = self.pick(("Q.850", "SIP"))
        return (protocol, 0), self.value(protocol, 0, "released by peer", awkward)

    def reasons(self, status, awkward):
        """What it says, and the values of its Reason headers, one for each header."""
        if status not in self.phrases:  # a status that nobody knows: what a code that tells nothing adds, is left open
            made = [self.sip(486, awkward)] if self.chance(30) else []
        else:
            kind = self.random.random() * 100
            made = [] if kind < 30 else [self.q850(status, awkward)] if kind < 66 else \
                [self.sip(status, awkward)] if kind < 80 else \
                [self.q850(status, awkward), self.sip(status, awkward)] if kind < 93 else \
                [self.other(awkward)] if kind < 96 else [self.other(awkward), self.q850(status, awkward)] \
                if kind < 98 else [self.bare(awkward)] if kind < 99 else \
                [self.q850(status, awkward), self.q850(status, awkward), self.sip(status, awkward)]
        if len(made) > 1 and self.chance(30):
            made.reverse()
        said, values = [of for of, _ in made], [text for _, text in made]
        if len(values) > 1 and not (awkward and self.chance(60)):
            comma = self.pick((",", ", ", " ,\r\n ")) if awkward else self.pick((",", ", "))
            values = [comma.join(values)]
        return said, values

    def notice(self):
        text = "v=analytics1;url=https://redress.example/%s" % self.hex(8)
        cause = self.pick((("SIP", 603), ("Q.850", 21)))
        return [cause], ['%s;cause=%d;text="%s";location=LN' % (*cause, text)]

    def vendor(self):
        """A third have one; one in seven of these the mapping file does not know."""
        if not self.chance(33):
            return None
        return self.pick(self.mapped) if self.chance(85) else self.digits(4)

    def warning(self, status):
        if not self.chance(12):
            return None, None
        code = self.pick((399, 399, 399, 370, 304, 305, 307))
        return code, '%d %s "%s"' % (code, self.pick(HOSTS), self.pick(("Incompatible media format", "policy; see log",
                                                                        "Insufficient bandwidth")))

    # ---- a response ----------------------------------------------------------------------------------------

    def address(self, user):
        name = self.pick(NAMES)
        return "%s<sip:%s@%s%s>" % (name and name + " ", user, self.pick(HOSTS),
                                    self.pick(("", ":5060", ";user=phone", ":5060;transport=udp")))

    def via(self):
        return "SIP/2.0/%s %s%s;branch=z9hG4bK%s%s" % (
            self.pick(("UDP", "UDP", "TCP", "TLS")), self.pick(HOSTS), self.pick(("", ":5060", ":5061")),
            self.hex(self.pick((8, 16, 24))), self.pick(("", ";rport=5060", ";received=203.0.113.9;rport=15060")))

    def more(self):
        """What fills a response up: each is (name, value)."""
        number = "+1" + self.digits(10)
        return self.pick((
            lambda: ("P-Asserted-Identity", "<sip:%s@%s;user=phone>" % (number, self.pick(HOSTS))),
            lambda: ("P-Charging-Vector", "icid-value=%s;orig-ioi=a.example" % self.hex(24)),
            lambda: ("P-Access-Network-Info", "3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=26201%s" % self.hex(10)),
            lambda: ("P-Called-Party-ID", "<tel:%s>" % number),
            lambda: ("Date", "%s Aug 2026 11:%02d:%02d GMT" % (self.pick(("Tue, 04", "Wed, 12", "Fri, 28")),
                                                               self.random.random() * 60, self.random.random() * 60)),
            lambda: ("X-Call-Trace", "%s-%s-%s" % (self.hex(8), self.hex(4), self.hex(12))),
            lambda: ("Accept", "application/sdp, application/dtmf-relay"),
            lambda: ("Session-ID", "%s;remote=%s" % (self.hex(32), self.hex(32))),
            lambda: ("Timestamp", self.digits(6)),
            lambda: ("Error-Info", "<sip:announcement-%s@media.example.net>" % self.digits(3)),
            lambda: ("X-Node", "node-%s.%s" % (self.digits(2), self.pick(HOSTS)))))()

    def fixed(self, status):
        """What every response has, and what this status asks for."""
        headers = {"Via": [self.via() for _ in range(1 + self.chance(35))],
                   "From": [self.address("+1" + self.digits(10)) + ";tag=" + self.hex(self.pick((8, 10, 16)))],
                   "To": [self.address("+44" + self.digits(9)) + ";tag=" + self.hex(self.pick((8, 10, 16)))],
                   "Call-ID": [self.hex(self.pick((16, 24, 32))) + self.pick(("", "@" + self.pick(HOSTS)))],
                   "CSeq": ["%d INVITE" % (self.random.random() * 9000 + 1)], "Content-Length": ["0"]}
        if status in (401, 407):
            name = "WWW-Authenticate" if status == 401 else "Proxy-Authenticate"
            headers["More"] = ['%s: Digest realm="example.net", nonce="%s", algorithm=MD5' % (name, self.hex(24))]
        if status in (404, 480, 486, 500, 503, 600, 603) and self.chance(10):
            headers["Retry-After"] = [self.pick(("30", "120;duration=60", "5 (overload)"))]
        return headers

    def fill(self, headers, room):
        """Adds what stacks add, until the response is about as long as it is to be."""
        server = self.pick(SERVERS).split(": ", 1)
        rest = [("Agent", "%s: %s" % tuple(server)), ("Allow", self.pick(ALLOWS)),
                ("Contact", "<sip:%s@%s>" % (self.digits(4), self.pick(HOSTS))),
                ("Supported", self.pick(("timer, replaces", "100rel,timer,path", "replaces, timer, outbound"))),
                ("Record-Route", "<sip:%s;lr;ftag=%s>" % (self.pick(HOSTS), self.hex(8)))]
        self.random.shuffle(rest)
        while room > 0:
            name, value = rest.pop() if rest else ("More", "%s: %s" % self.more())
            taken = len(value) + 2 if name in ("Agent", "More") else len(name) + len(value) + 4
            room -= taken
            if room > -30:
                headers.setdefault(name, []).append(value)

    def spell(self, name, value, awkward):
        """A header's line."""
        if awkward:
            name = COMPACT.get(name, name) if self.chance(50) else self.pick((name, name.lower(), name.upper()))
            return name + self.pick((": ", ":", " : ", ":  ", ":\t")) + value + self.pick(("", "", " ")) + "\r\n"
        return name + ": " + value + "\r\n"

    def write(self, status, phrase, headers, awkward):
        lines = ["SIP/2.0 %d %s\r\n" % (status, phrase)]
        for kind in self.pick(ORDERS):
            for value in headers.get(kind, ()):
                name = kind
                if kind in ("Agent", "More"):
                    name, value = value.split(": ", 1)
                lines.append(self.spell(name, value, awkward))
        return "".join(lines) + "\r\n"

    def sized(self, awkward):
        """One of 400 to 900 bytes."""
        while True:
            made = self.response(awkward)
            if 400 <= len(made[0]) <= 900:
                return made

    def response(self, awkward):
        """The bytes, and what is true of them."""
        status = self.pick(self.statuses)
        phrase, notice = self.phrases.get(status, "Gone Wrong"), status == 603 and self.chance(8)
        said, values = self.notice() if notice else self.reasons(status, awkward)
        if notice:
            phrase = "Network Blocked"
        vendor, (warned, warning) = self.vendor(), self.warning(status)
        headers = self.fixed(status)
        headers["Reason"] = values
        headers["X-Cause-Code"] = [vendor] if vendor else []
        headers["Warning"] = [warning] if warning else []
        bare = self.write(status, phrase, headers, False)
        self.fill(headers, self.random.triangular(470, 890, 835) - len(bare))
        wire = self.write(status, phrase, headers, awkward)
        decided, disposition = self.model.decide(status, said, warned, vendor, notice)
        return wire, (status, vendor or "-", decided, disposition, answers(said))

    def reason(self, awkward):
        """A Reason value of its own."""
        kind = self.random.random() * 100
        status = self.pick(self.statuses)
        said, text = self.q850(status, awkward) if kind < 85 else self.sip(status, awkward) if kind < 95 else \
            self.other(awkward)
        return text, answers([said])


def answers(said):
    return ",".join("%s/%d" % of for of in said) or "-"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__.split("\n\n")[1].strip())
    made, count, folder = Generator(int(sys.argv[1])), int(sys.argv[2]), sys.argv[3]
    os.makedirs(folder, exist_ok=True)
    opened = {"encoding": "ascii", "newline": ""}
    with open(os.path.join(folder, "messages.bin"), "w", **opened) as messages, \
            open(os.path.join(folder, "reasons.bin"), "w", **opened) as reasons, \
            open(os.path.join(folder, "truth.tsv"), "w", **opened) as truth:
        for number in range(count):
            awkward = number % 10 == 7
            wire, true = made.sized(awkward)
            value, answer = made.reason(awkward)
            messages.write(wire)
            reasons.write(value)
            truth.write("\t".join(map(str, (len(wire), len(value), int(awkward), *true, answer))) + "\n")
    with open(os.path.join(folder, "carrier.yaml"), "w", **opened) as file:
        file.write(made.mapping_file())


if __name__ == "__main__":
    main()
