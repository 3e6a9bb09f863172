"""Nothing leaks, and no failing allocation is taken for anything else.

The library that these tests load counts its allocations and refuses them on demand (-DSIPCAUSE_TEST_MEMORY, built by
tests/python.sh); without one they are skipped.

SPDX-License-Identifier: MIT
"""
import ctypes
import gc
import os
import sys
import unittest

import sipcause
from sipcause._library import library
from support import BUSY, ROOT

COUNTS = hasattr(library, "memory_live")
REL = bytes.fromhex("0c02000283a2")


def use_errors():
    for said in (lambda: sipcause.Table.loads("sipcause: 1\nmap: {sip: {486: Bussy}}\n"),
                 lambda: sipcause.Table.load("/nothing.yaml"), lambda: sipcause.Code.parse("sip:34"),
                 lambda: sipcause.classify([BUSY, 7]), lambda: sipcause.Survey.loads("{}")):
        try:
            said()
        except (ValueError, OSError, TypeError):
            pass
        else:
            raise AssertionError("nothing was refused")


def use_releases():
    table = sipcause.Table.load(ROOT / "examples/acme.yaml")
    with sipcause.Release(table) as release, sipcause.Report() as report, sipcause.Survey() as survey:
        del table
        release.message(memoryview(BUSY))
        release.response(603, "Network Blocked", to_tag="a")
        release.header("Reason", 'SIP;cause=603;text="v=analytics1;url=https://a.example/";location=TN, x, SIP')
        release.header("X-Cause-Code", "D99")
        release.body("application/isup", bytearray(REL))
        release.decide().as_json()
        release.explain()
        report.observe(survey)
        survey.add(release)
        report.validate_release(release)
        report.validate_file(ROOT / "examples/acme.yaml")
        list(report)
        sipcause.to_isup(release)
        release.reuse()
        with sipcause.Survey.loads(survey.saves()) as other:
            other.merge(survey)
            list(other)
    sipcause.Release().message(BUSY)  # not closed


def use_builders():
    with sipcause.Builder(name="x") as builder:
        condition = sipcause.Condition(phrases=["a*"], codes=["carrier:D1", "q850:17"])
        when = sipcause.Refinement(condition, sipcause.Row("Busy"))
        builder.map("sip:480", sipcause.Row("No Answer", when=[when])).to_isup(480, [sipcause.Translation(
            18, sipcause.Condition(alerted=True)), 20])
        table = builder.table()
    assert sipcause.Table.loads(table.yaml()) == table
    list(table.items())
    sipcause.compare(None, table)
    sipcause.to_sip(sipcause.Isup(21), table, sipcause.Notice(url="https://a.example/"))
    list(sipcause.Reasons.parse('Q.850;cause=17;text="a\\"b"', "SIP;x"))
    dict(sipcause.classify_calls({"a": [BUSY, bytearray(BUSY)]}, table))
    sipcause.Message.parse(memoryview(BUSY))
    sipcause.headers(bytearray(BUSY))


USES = (use_errors, use_releases, use_builders)


@unittest.skipUnless(COUNTS, "the library counts no allocations")
class Memory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for name, result, arguments in (("live", ctypes.c_long, ()), ("failed", ctypes.c_bool, ()),
                                        ("fail_at", None, (ctypes.c_long, ctypes.c_bool))):
            function = getattr(library, f"memory_{name}")
            function.restype, function.argtypes = result, arguments

    def tearDown(self):
        library.memory_fail_at(-1, False)

    def test_the_count_notices(self):
        gc.collect()
        before = library.memory_live()
        kept = sipcause.Release()
        self.assertGreater(library.memory_live(), before)
        kept.close()
        self.assertEqual(library.memory_live(), before)

    def test_nothing_is_left(self):
        for use in USES:
            with self.subTest(use.__name__):
                use()
                gc.collect()
                gc.disable()  # what only the collector would free is a cycle
                try:
                    live, blocks = library.memory_live(), sys.getallocatedblocks()
                    for _ in range(100):
                        use()
                    self.assertEqual(library.memory_live(), live)
                    self.assertEqual(gc.collect(), 0)
                    # A leak of one Python object a round would be 100.
                    self.assertLess(sys.getallocatedblocks() - blocks, 50)
                finally:
                    gc.enable()

    def test_each_allocation_fails(self):
        for use in USES:
            raised, count, refused = 0, 0, True
            while refused:
                live = library.memory_live()
                library.memory_fail_at(count, False)
                try:
                    use()
                except MemoryError:
                    raised += 1
                refused = library.memory_failed()
                library.memory_fail_at(-1, False)
                gc.collect()
                self.assertEqual(library.memory_live(), live, f"{use.__name__}, allocation {count}")
                count += 1
            with self.subTest(use.__name__):
                self.assertGreater(raised, 5)


@unittest.skipUnless(os.path.exists("/proc/self/statm"), "needs /proc")
class Size(unittest.TestCase):
    """The same from outside, over as many calls as a day of traffic has in a minute."""

    def test_process_does_not_grow(self):
        def pages():
            with open("/proc/self/statm", encoding="ascii") as file:
                return int(file.read().split()[1])

        answer = bytearray(b"SIP/2.0 503 x\r\nCSeq: 1 INVITE\r\nReason: Q.850;cause=34\r\nX-Cause-Code: 7\r\n\r\n")
        table = sipcause.Table.builtin()
        for _ in range(2000):
            sipcause.classify([answer], table)
        before = pages()
        for _ in range(20000):
            sipcause.classify([answer], table)
        self.assertLess(pages() - before, 64)  # a leak of 16 bytes a round would be 78


if __name__ == "__main__":
    unittest.main()
