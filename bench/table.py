#!/usr/bin/env python3
"""Makes one table of the rows that the measuring programs print.

    bench/table.py [--json FILE] [--compiler TEXT] [--targets FILE] [--some] <ROWS

ROWS: a JSON object a line: "row", its name, and

    "ratio", "low", "high", "rounds", "of"     a median ratio, its quartiles, of how many rounds, to what;
    "nanoseconds", "base_nanoseconds", "unit"  the two times, where there are such, of one unit
    "value", "unit"                            a count or an exponent
    "without"                                  why there is no figure

A row that --targets names (bench/targets.csv) gives its target and ends in ok or miss. --some: not all rows were asked
for; else a row with a target that did not come is told, and the exit status is 1. --json: a file for all of it.

SPDX-License-Identifier: MIT
"""
import argparse
import csv
import json
import os
import platform
import sys

TARGETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "targets.csv")


def find(path, key):
    """The value of a line "key: value" of one of the kernel's files; "" when there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                name, _, value = line.partition(":")
                if name.strip() == key:
                    return value.strip()
    except OSError:
        pass
    return ""


def machine():
    memory = find("/proc/meminfo", "MemTotal").split()
    return {"processor": find("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
            "cores": os.cpu_count(), "memory_mib": int(memory[0]) // 1024 if memory else None,
            "system": "%s %s" % (platform.system(), platform.release())}


def judge(row, target):
    """Adds the target of a row, and whether it is met."""
    sense, limit = target["sense"], float(target["target"])
    row["sense"], row["target"] = sense, limit
    if "without" in row:
        return
    figure = row.get("ratio", row.get("value"))
    met = figure <= limit if sense == "at most" else figure >= limit if sense == "at least" else \
        round(abs(figure - 1), 6) <= limit  # 1.05 - 1 is more than 0.05
    row["verdict"] = "ok" if met else "miss"


def read(lines, targets, some):
    """The rows in the order in which they came, each with its target, and at the end what is missing."""
    rows = [json.loads(line) for line in lines if line.strip()]
    for row in rows:
        if row["row"] in targets:
            judge(row, targets[row["row"]])
    came = {row["row"] for row in rows}
    for name, target in targets.items():
        if name not in came and not some:
            rows.append({"row": name, "missing": True, "sense": target["sense"], "target": float(target["target"])})
    return rows


def time(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return "%.3g %s" % (nanoseconds / size, unit)
    return "%.3g ns" % nanoseconds


def shown(row, figure):
    """As short as it can be: a figure that misses its target must not look as if it met it."""
    text = "%.10g" % round(figure, 3) if "value" in row else "%.3g" % figure if figure >= 10 else "%.2f" % figure
    return "%.10g" % figure if row.get("verdict") == "miss" and float(text) == row["target"] else text


def cells(row):
    if row.get("missing"):
        return [row["row"], "missing", "", ""]
    if "without" in row:
        return [row["row"], "-", "", row["without"]]
    if "value" in row:
        return [row["row"], shown(row, row["value"]), "", row["unit"]]
    what = "of " + row["of"]
    if "nanoseconds" in row:
        what = "%s a %s, %s: %s" % (time(row["nanoseconds"]), row["unit"], row["of"], time(row["base_nanoseconds"]))
    return [row["row"], shown(row, row["ratio"]), "%.2f-%.2f" % (row["low"], row["high"]), what]


def verdict(row):
    if "target" not in row:
        return ""
    sign = "+-" if row["sense"] == "within" else row["sense"] + " "
    return "  %s%g %s" % (sign, row["target"], row.get("verdict", ""))


def show(rows):
    made = [cells(row) for row in rows]
    widths = [max([len(cell[i]) for cell in made] + [4]) for i in range(4)]
    for row, (name, figure, spread, what) in zip(rows, made):
        line = "%-*s  %*s  %*s  %-*s%s" % (widths[0], name, widths[1], figure, widths[2], spread, widths[3], what,
                                          verdict(row))
        print(line.rstrip())


def main():
    asked = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].strip())
    asked.add_argument("--json")
    asked.add_argument("--compiler", default="")
    asked.add_argument("--targets", default=TARGETS)
    asked.add_argument("--some", action="store_true")
    given = asked.parse_args()
    with open(given.targets, encoding="utf-8", newline="") as file:
        targets = {target["row"]: target for target in csv.DictReader(file)}
    rows, on = read(sys.stdin, targets, given.some), machine()
    print("%s, %s cores, %s MiB, %s" % (on["processor"], on["cores"], on["memory_mib"], on["system"]))
    print(given.compiler)
    least = min([row["rounds"] for row in rows if "rounds" in row], default=0)
    print("ratios: the median of at least %d rounds in turn, its quartiles, the time, what it is a ratio to\n" % least
          if least else "no ratios\n")
    show(rows)
    missing = sum(1 for row in rows if row.get("missing"))
    counts = [sum(1 for row in rows if row.get("verdict") == word) for word in ("ok", "miss")]
    print("\n%d ok, %d miss, %d missing" % (*counts, missing))
    if given.json:
        with open(given.json, "w", encoding="utf-8") as file:
            json.dump({"machine": on, "compiler": given.compiler, "rows": rows}, file, indent=1)
            file.write("\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
