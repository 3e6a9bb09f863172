#!/usr/bin/env python3
"""Measures `sipcause classify` on the traces that commands.sh made, beside wc, grep and tshark.

    commands.py SIPCAUSE MAPPING FOLDER

What each of them finds must be what the traces' generator says, else nothing is told of its time. Time is that of the
processor, in the system's calls too.

SPDX-License-Identifier: MIT
"""
import collections
import json
import os
import shutil
import subprocess
import sys
import time

from command_rows import fail, rounds, row, row_ratio, spread

ROUNDS = 7
FAILURES = "sip.Status-Code >= 300"
FIELDS = ["sip.Status-Code", "sip.Call-ID", "sip.Reason"]


def run(command, output=subprocess.PIPE):
    """Returns: what the command printed, and its seconds of the processor."""
    child = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
    printed = child.stdout.read() if child.stdout else b""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        fail("%s ended with %d" % (command[0], child.returncode))
    return printed, used.ru_utime + used.ru_stime


def contender(command, output=subprocess.PIPE):
    return lambda: run(command, output)[1]


def peak_memory(command):
    """The most memory that the command has at once, in MiB; None where the system does not tell. What wait4 tells is
    no less than what this process has, whose copy the command was at first."""
    child, most = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL), None
    while child.poll() is None:
        try:
            with open("/proc/%d/status" % child.pid, encoding="ascii") as file:
                told = [line.split()[1] for line in file if line.startswith("VmHWM:")]
        except OSError:
            told = []
        most = int(told[0]) / 1024 if told else most
        time.sleep(0.002)
    return most


class Trace:
    def __init__(self, folder, name):
        self.path = os.path.join(folder, name)
        self.bytes = os.path.getsize(self.path)
        with open(self.path + ".json", encoding="ascii") as file:
            self.truth = json.load(file)


def check(what, given, truth):
    if given != truth:
        fail("%s: %s, not %s" % (what, given, truth))


def check_classify(command, trace):
    """A run that prints each call and the summary, against the generator's truth."""
    truth, each = trace.truth, collections.Counter()
    with subprocess.Popen([*command, "--json", "--summary", trace.path], stdout=subprocess.PIPE) as child:
        for line in child.stdout:
            one = json.loads(line)
            if "summary" not in one:
                each[one["disposition"]] += 1
    summary = one["summary"]
    for key in ("calls", "messages", "retransmissions", "other", "flags"):
        check(key, summary[key], truth[key])
    check("dispositions of calls", dict(each), truth["dispositions"])
    check("dispositions", {one["disposition"]: one["count"] for one in summary["dispositions"]}, truth["dispositions"])


def check_failures(command, truth):
    given = collections.Counter(line.split("\t")[0] for line in run(command)[0].decode().splitlines())
    check("tshark's statuses", dict(given), {status: count for status, count in truth["statuses"].items()
                                             if status >= "300"})


def measure_memory(command, long, short):
    most, least = (peak_memory([*command, trace.path]) for trace in (long, short))
    if most is None or least is None:
        row("classify, memory by length", without="the system does not tell it")
        return
    row("classify, memory by length", value=most / least,
        unit="%.1f MiB on %.2g GB by %.1f MiB on %.2g GB" % (most, long.bytes / 1e9, least, short.bytes / 1e9))


def measure_long(command, trace):
    gigabytes = trace.bytes / 1e9
    others = {"wc -l": ["wc", "-l", trace.path], "grep -c": ["grep", "-c", "^Call-ID: ", trace.path]}
    check("grep's count", int(run(others["grep -c"])[0]), trace.truth["messages"])
    # grep would stop at the first line that it finds if its output were /dev/null.
    taken = rounds({"classify": contender([*command, trace.path], subprocess.DEVNULL),
                    **{name: contender(other) for name, other in others.items()}}, ROUNDS)
    seconds, low, high = spread(taken["classify"])
    row("classify, GB a second", value=gigabytes / seconds,
        unit="GB/s of one core, %.2f-%.2f, at best %.2f" % (gigabytes / high, gigabytes / low,
                                                            gigabytes / min(taken["classify"])))
    for name in others:
        row_ratio("classify, by " + name, taken["classify"], taken[name], name, "GB", gigabytes, gigabytes)


def measure_tshark(packets, classify, short):
    """classify does not read packets: it has the short trace, of the same kind of calls."""
    tshark = shutil.which(os.environ.get("BENCH_TSHARK") or "tshark")
    if not tshark:
        row("tshark, by classify", without="tshark is not there")
        return
    command = [tshark, "-n", "-r", packets.path, "-Y", FAILURES, "-T", "fields",
               *(word for field in FIELDS for word in ("-e", field))]
    check_failures(command, packets.truth)
    taken = rounds({"tshark": contender(command, subprocess.DEVNULL),
                    "classify": contender([*classify, short.path], subprocess.DEVNULL)}, ROUNDS)
    row_ratio("tshark, by classify", taken["tshark"], taken["classify"], "classify", "message",
              packets.truth["messages"], short.truth["messages"])


def main():
    sipcause, mapping, folder = sys.argv[1:]
    command = [sipcause, "classify", "-m", mapping]
    long, short, packets = (Trace(folder, name) for name in ("long", "short", "packets"))
    for trace in (long, short):
        check_classify(command, trace)
    measure_long(command, long)
    measure_memory(command, long, short)
    measure_tshark(packets, command, short)


main()
