"""Threads share a table, wait for each other where they share anything else, and cannot free what is in use.

SPDX-License-Identifier: MIT
"""
import sys
import threading
import unittest

import sipcause
from support import BUSY, ROOT


def at_once(count, work):
    """Runs work(number) in so many threads at once; what one of them raises is raised."""
    raised, ready = [], threading.Barrier(count)

    def run(number):
        try:
            ready.wait()
            work(number)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]


class Threads(unittest.TestCase):
    def setUp(self):
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        self.addCleanup(sys.setswitchinterval, interval)

    def test_one_table(self):
        table = sipcause.Table.load(ROOT / "examples/acme.yaml")
        wanted = {code: table[code] for code in table}

        def work(number):
            for _ in range(20):
                for code, entry in wanted.items():
                    assert table[code] == entry
                assert sipcause.classify([BUSY], table).disposition == "Busy"

        at_once(8, work)

    def test_one_release(self):
        told = {486: "Busy", 404: "Invalid Number", 503: "Network Error", 408: "Network Error"}
        seen = set()
        with sipcause.Release() as release:
            def work(number):
                status = list(told)[number % 4]
                for _ in range(500):
                    release.response(status, "x" * 500)
                    release.header("Reason", "SIP;cause=999;text=\"a" + "b" * 200 + "\"")
                    verdict = release.decide()
                    seen.add(verdict.disposition)
                    assert all(finding.message.isprintable() for finding in verdict.findings)
                    release.explain()
                    if number % 3 == 0:
                        release.reset()
                    if number % 5 == 0:
                        release.reuse(sipcause.Table.builtin("rfc3398"))

            try:
                at_once(8, work)
            except sipcause.MisuseError:
                pass  # a header came when another thread had just forgotten the call
        self.assertTrue(seen)

    def test_closed_while_it_is_used(self):
        for _ in range(50):
            release = sipcause.Release()

            def work(number):
                for _ in range(20):
                    if number == 0:
                        release.close()
                        return
                    try:
                        release.message(BUSY)
                        release.decide()
                    except ValueError:
                        return

            at_once(4, work)

    def test_reports_and_surveys(self):
        surveys = [sipcause.Survey() for _ in range(3)]
        report = sipcause.Report()

        def work(number):
            release = sipcause.Release()
            for step in range(100):
                release.response(400 + step)
                surveys[number % 3].add(release)
                surveys[number % 3].merge(surveys[(number + 1) % 3]) if step % 20 == 0 else None
                list(surveys[(number + 1) % 3])
                report.observe(surveys[step % 3])
                report.validate_table()
                len(report.findings)
                report.clear()
                release.reset()

        at_once(6, work)
        for survey in surveys:
            survey.close()
        report.validate_table()


if __name__ == "__main__":
    unittest.main()
