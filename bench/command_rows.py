"""What commands.py and calls.py share: rounds that alternate, and rows as table.py reads them.

SPDX-License-Identifier: MIT
"""
import json
import os
import sys


def spread(values):
    """The median and the quartiles."""
    ranked = sorted(values)
    count = len(ranked)
    return ranked[count // 2], ranked[count // 4], ranked[count - 1 - count // 4]


def rounds(contenders, times):
    """Every contender once a round, each round another first. contenders: name -> a function that returns seconds;
    times: how many rounds, unless BENCH_ROUNDS tells. Returns: name -> its seconds, in the order of the rounds."""
    times = int(os.environ.get("BENCH_ROUNDS") or times)
    names, taken = list(contenders), {name: [] for name in contenders}
    for turn in range(times):
        for i in range(len(names)):
            name = names[(i + turn) % len(names)]
            taken[name].append(contenders[name]())
    return taken


def row(name, **figures):
    print(json.dumps({"row": name, **figures}), flush=True)


def row_ratio(name, taken, base, base_name, unit, units, base_units):
    """What one takes of the other's time, both for one unit."""
    taken, base = [one / units for one in taken], [one / base_units for one in base]
    ratio, low, high = spread([one / other for one, other in zip(taken, base)])
    row(name, ratio=ratio, low=low, high=high, rounds=len(taken), of=base_name, nanoseconds=spread(taken)[0] * 1e9,
        base_nanoseconds=spread(base)[0] * 1e9, unit=unit)


def fail(text):
    sys.exit("bench: " + text)
