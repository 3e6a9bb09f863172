"""Codes, tables, builders, verdicts, errors: that they are what a Python program expects of such values.

SPDX-License-Identifier: MIT
"""
import copy
import json
import os
import pathlib
import pickle
import tempfile
import unittest

import sipcause
from sipcause import Builder, Code, Condition, Isup, Refinement, Release, Row, Table, Translation
from sipcause._abi import sipcause_code
from sipcause._library import library
from sipcause._memory import written
from support import BUSY, ROOT

MAPPING = ROOT / "examples/acme.yaml"


class Codes(unittest.TestCase):
    def test_printed_as_the_library_prints(self):
        for space in sipcause.Space:
            if space in (sipcause.Space.NONE, sipcause.Space.TOKEN):
                continue
            for value in (1, 100, 503, 4294967295):
                code = Code(space, value)
                plain = sipcause_code(space.number, 0, value)
                text = written(lambda buffer, size: library.sipcause_code_format(None, plain, buffer, size))
                self.assertEqual(str(code), text.decode())
                if code.valid and code.name:
                    self.assertEqual(Code.parse(str(code)), code)
                self.assertEqual(code.name, (library.sipcause_code_name(plain) or b"").decode() or None)

    def test_a_value(self):
        code, word = Code.parse("sip:503"), Code.parse("carrier:D35")
        self.assertEqual({code: 1}[Code("SIP", 503)], 1)
        self.assertNotEqual(code, Code("q850", 503))
        self.assertNotEqual(code, 503)
        self.assertNotEqual(word, Code.carrier(35))
        self.assertEqual(sorted([word, Code.carrier(9), Code.q850(1), code]), [code, Code.q850(1), Code.carrier(9), word])
        for one in (code, word):
            self.assertEqual(pickle.loads(pickle.dumps(one)), one)
            self.assertEqual(copy.deepcopy(one), one)
            self.assertEqual(eval(repr(one)), one)
            with self.assertRaises(AttributeError):
                one.value = 1
            with self.assertRaises(AttributeError):
                del one.value

    def test_no_code(self):
        for text in ("503", "", "sip:", "sip:99", "q850:128", "sip:34", "carrier:" + "x" * 32, "carrier:ä", "sip:503\0",
                     "carrier:D35\0", "nothing:1", "sip:not-acceptable", "none:0", "token:D35"):
            with self.subTest(text), self.assertRaises(sipcause.CodeError) as caught:
                Code.parse(text)
            self.assertTrue(caught.exception.column, text)
        for space, value in (("sip", -1), ("sip", 1 << 32), ("sip", "503"), ("carrier", "601"), ("carrier", ""),
                             ("none", 0), ("token", "D35"), ("bussy", 1), ("carrier", "a\n")):
            with self.subTest(space=space, value=value), self.assertRaises(ValueError):
                Code(space, value)
        for number in (503, None, b"sip:503", 5.0):
            with self.subTest(number), self.assertRaises(TypeError):
                Table.builtin().lookup(number)
        with self.assertRaises((TypeError, AttributeError)):
            Code("sip", 503.0)


class Tables(unittest.TestCase):
    def test_mapping(self):
        table = Table.load(MAPPING)
        codes = list(table)
        self.assertEqual(len(codes), len(table))
        self.assertEqual(len(set(codes)), len(codes))
        self.assertEqual(codes, sorted(codes, key=lambda code: code.space.number))
        self.assertTrue(any(isinstance(code.value, str) for code in codes) or "carrier:601" in table)
        for code, entry in table.items():
            self.assertEqual(table[code], entry)
            self.assertEqual(table.lookup(str(code)), entry)
            self.assertEqual(entry.disposition, table.dispositions[entry.disposition_id])
        self.assertIsNone(table.get("sip:299"))
        with self.assertRaises(KeyError):
            table["carrier:D99"]
        self.assertEqual(pathlib.Path(table["carrier:601"].file), MAPPING)
        self.assertIn("acme", repr(table))

    def test_profiles(self):
        for profile in sipcause.profiles():
            table = Table.builtin(profile)
            self.assertEqual(table.name, profile)
            self.assertTrue(sipcause.profile_description(profile))
            self.assertEqual(Table.loads(table.yaml()), table)
            self.assertEqual(hash(Table.builtin(profile)), hash(table))
            self.assertEqual(sipcause.compare(table, Table.loads(table.yaml())), ())
        for name in ("nothing", "", "default\0", "DEFAULT"):
            with self.subTest(name), self.assertRaises((KeyError, ValueError)):
                Table.builtin(name)
        self.assertNotEqual(Table.builtin(), Table.builtin("fcc-2026"))

    def test_what_else_it_says(self):
        table = Table.loads("""
            {sipcause: 1, name: x, effective: 2026-03-25, extends: default, check: {redundant: error},
             cause-headers: [{name: X-A, param: c, space: q850}, X-B], precedence: [sip, carrier],
             map: {carrier: {D35: Busy}}}
            """)
        self.assertEqual(table.effective, 1774396800)
        self.assertEqual([str(space) for space in table.precedence], ["sip", "carrier"])
        self.assertEqual(table.cause_headers[0], ("X-A", "c", sipcause.Space.Q850, False))
        self.assertEqual(table.severity("redundant"), "error")
        self.assertEqual(table.class_entry(5).outcome, Table.builtin().class_entry(5).outcome)
        self.assertEqual(table.default.disposition, "Unknown")
        self.assertEqual(table.no_cause("no-reply").disposition, Table.builtin().no_cause("no-reply").disposition)
        self.assertEqual(table.local("timeout").route, sipcause.Route.NEXT)
        self.assertFalse(table.ignores_reason(480))
        self.assertEqual(table["carrier:D35"].disposition, "Busy")
        self.assertIn(Code.carrier("D35"), list(table))

    def test_no_copies(self):
        table = Table.builtin()
        self.assertIs(copy.deepcopy(table), table)
        for made in (table, Release(), Builder(), sipcause.Report(), sipcause.Survey()):
            with self.subTest(made), self.assertRaises(TypeError):
                pickle.dumps(made)
        for made in (Release(), Builder(), sipcause.Report(), sipcause.Survey()):
            with self.subTest(made), self.assertRaises(TypeError):
                copy.copy(made)
        with self.assertRaises(TypeError):
            Table()
        with self.assertRaises(TypeError):
            Release("default")


class Errors(unittest.TestCase):
    def test_place(self):
        with self.assertRaises(sipcause.MappingError) as caught:
            Table.loads("sipcause: 1\nmap:\n  sip:\n    486: Busy\n    486: Busy\n", "a.yaml")
        error = caught.exception
        self.assertIsInstance(error, ValueError)
        self.assertEqual((error.source, error.line, error.column, error.second_line, error.second_column, error.code),
                         ("a.yaml", 5, 5, 4, 5, "duplicate-key"))
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((type(again), str(again), again.line), (type(error), str(error), 5))
        self.assertTrue(str(error).startswith("a.yaml:5:5: error: "), str(error))

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            missing, extending = pathlib.Path(folder, "ä.yaml"), pathlib.Path(folder, "b.yaml")
            extending.write_text("sipcause: 1\nextends: ./c.yaml\n", encoding="ascii")
            for path, kind, name in ((missing, FileNotFoundError, missing), (folder, IsADirectoryError, folder),
                                     (os.fspath(missing).encode(), FileNotFoundError, missing),
                                     (extending, sipcause.FileError, extending)):
                with self.subTest(path), self.assertRaises(kind) as caught:
                    Table.load(path)
                error = caught.exception
                self.assertIsInstance(error, sipcause.FileError)
                self.assertEqual((error.code, pathlib.Path(error.filename)), ("file", pathlib.Path(name)))
                self.assertEqual(error.errno is None, path is extending)
                again = pickle.loads(pickle.dumps(error))
                self.assertEqual((type(again), again.errno, again.filename, str(again)),
                                 (type(error), error.errno, error.filename, str(error)))
            with sipcause.Report() as report:
                with self.assertRaises(FileNotFoundError):
                    report.validate_file(missing)
                self.assertEqual([finding.rule for finding in report], ["file"])
        for path in ("a\0b", b"\0"):
            with self.assertRaises(ValueError):
                Table.load(path)

    def test_names_of_files_come_back(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in (b"\xe4.yaml", "\u00e4.yaml".encode()):
                path = os.path.join(os.fsencode(folder), name)
                with open(path, "wb") as file:
                    file.write(b"sipcause: 1\nextends: default\nmap: {sip: {486: Busy}}\n")
                entry = Table.load(path)["sip:486"]
                self.assertEqual(os.fsencode(entry.file), path)
                with open(path, "ab") as file:
                    file.write(b"x: 1\n")
                with self.assertRaises(sipcause.MappingError) as caught:
                    Table.load(os.fsdecode(path))
                self.assertEqual(os.fsencode(caught.exception.source), path)
                str(caught.exception).encode()

    def test_numbers_that_do_not_fit(self):
        with Release() as release:
            for said in (lambda: release.response(-1), lambda: release.response(1 << 32), lambda: release.isup(7),
                         lambda: release.request("BYE", cseq=-1), lambda: release.request("BYE", "nobody"),
                         lambda: release.response("486"), lambda: release.local("none"), lambda: release.header("a", 7),
                         lambda: Table.builtin().class_entry(2), lambda: Isup(300).encode(), lambda: Isup(0).encode(),
                         lambda: Isup(17, "X").encode(), lambda: Isup(17, diagnostic=b"x" * 33).encode(),
                         lambda: Isup.decode(b"\x80"), lambda: Isup.message(b"\x09"), lambda: sipcause.to_isup("q850:17"),
                         lambda: sipcause.to_isup(release), lambda: sipcause.to_sip("sip:486"),
                         lambda: sipcause.to_sip(Isup(200)), lambda: sipcause.to_isup(release, Table.builtin())):
                with self.assertRaises((ValueError, TypeError, AttributeError)):
                    said()
            release.response(999)  # of the wire
            self.assertIn(sipcause.Flag.MALFORMED_EVIDENCE, release.decide().flags)

    def test_header_without_message(self):
        with Release() as release, self.assertRaises(sipcause.MisuseError):
            release.header("Reason", "SIP;cause=486")


class Closing(unittest.TestCase):
    def test_use_after_close(self):
        for made, use in ((Release(), lambda it: it.decide()), (Release(), lambda it: it.message(BUSY)),
                          (Release(), sipcause.to_isup), (Builder(), lambda it: it.table()),
                          (Builder(), lambda it: it.map("sip:486", "Busy")), (sipcause.Report(), list),
                          (sipcause.Survey(), len), (sipcause.Survey(), lambda it: sipcause.Report().observe(it)),
                          (sipcause.Survey(), lambda it: sipcause.Survey().merge(it)),
                          (Release(), lambda it: sipcause.Survey().add(it))):
            with made as entered:
                self.assertIs(entered, made)
                self.assertFalse(made.closed)
            self.assertTrue(made.closed)
            made.close()
            self.assertIn("closed", repr(made))
            with self.assertRaises(ValueError) as caught:
                use(made)
            self.assertIn("is closed", str(caught.exception))
            with self.assertRaises(ValueError), made:
                pass

    def test_what_outlives_what(self):
        release = Release(Table.load(MAPPING))
        entry = Table.load(MAPPING)["carrier:601"]
        release.message(b"SIP/2.0 503 x\r\nCSeq: 1 INVITE\r\nX-Cause-Code: 601\r\n\r\n")
        verdict, explanation = release.decide(), release.explain()
        name = release.table.name
        release.reuse()
        release.close()
        self.assertEqual((verdict.disposition, explanation.verdict), (entry.disposition, verdict))
        self.assertEqual(name, Table.load(MAPPING).name)
        builder = Builder(Table.load(MAPPING))
        table = builder.table()
        builder.close()
        self.assertEqual(table["carrier:601"].disposition, entry.disposition)
        report, survey = sipcause.Report(), sipcause.Survey()
        with Release() as one:
            one.response(499)
            survey.add(one)
        report.observe(survey)
        survey.close()
        del survey
        report.validate_file(MAPPING)
        self.assertTrue(report.findings is not None)


class Building(unittest.TestCase):
    def test_all_that_can_be_said(self):
        condition = Condition(phrases=["*capacity*", "x"], texts=["*full*"], codes=["q850:34", "carrier:D35", "carrier:7"],
                              warnings=[304], locations=["LN", sipcause.Location.U], methods=["invite"],
                              codings=["itu-t"], answered=False, alerted=True, progressed=True, notice=False,
                              diagnostic=False)
        row = Row("Mine", "a name", "a note", when=[Refinement(condition, Row("Busy", route="stop"))], line=7, column=3)
        with Builder(Table.builtin("rfc3398"), "acme", "acme.db") as builder:
            builder.disposition(Row("Mine", outcome="congestion", party=sipcause.Party.NETWORK, route="later"))
            builder.map("sip:480", row).map("carrier:D35", Row("Mine", uninformative=True, capped=True))
            builder.map_class(5, "Mine").map_default("Mine").map_no_cause("otherwise", "Mine").map_local("limit", "Mine")
            builder.cause_header(sipcause.CauseHeader("X-A", "c", uri_parameter=True)).precedence(["carrier", "sip"])
            builder.ignore_reason([480]).effective(1774396800).check("redundant", "off").class_location(5, "TN")
            builder.to_isup(480, [Translation(20, Condition(alerted=True), "LN"), 31]).to_isup("BYE", [16])
            builder.to_sip(44, [503]).to_sip("default", [Translation(500)])
            table = builder.table()
        entry = table["sip:480"]
        self.assertEqual((entry.disposition, entry.outcome, entry.line, entry.file, entry.note, entry.when_count),
                         ("Mine", "congestion", 7, "acme.db", "a note", 1))
        self.assertTrue(table["carrier:D35"].uninformative)
        self.assertTrue(table.ignores_reason(480))
        self.assertEqual((table.effective, table.name, table.severity("redundant")), (1774396800, "acme", "off"))
        text = table.yaml()
        for said in ("*capacity*", "*full*", "D35", "304", "alerted: true", "answered: false", "Mine"):
            self.assertIn(said, text)
        self.assertEqual(Table.loads(text), table)
        with Release(table) as release:
            release.request("INVITE", "caller", cseq=1)
            release.response(480, "x", cseq=1)
            self.assertEqual(sipcause.to_isup(release).cause, 31)
            release.response(180, "Ringing", cseq=1)
            self.assertEqual(sipcause.to_isup(release)[:2], (20, "LN"))
        self.assertEqual(sipcause.to_sip("q850:44", table).status, 503)

    def test_what_is_refused(self):
        with Builder(file="acme.db") as builder:
            builder.map("sip:486", Row("Busy", line=3, column=5))
            with self.assertRaises(sipcause.MappingError) as caught:
                builder.map("sip:486", Row("Busy", line=9))
            self.assertEqual((caught.exception.line, caught.exception.second_line), (9, 3))
            for said in (lambda: builder.map("sip:480", "Bussy"), lambda: builder.map("sip:480", Row(outcome="bussy")),
                         lambda: builder.map_class(2, "Busy"), lambda: builder.clear(), lambda: builder.precedence([]),
                         lambda: builder.map("sip:480", Row(when=[Refinement(Condition(), Row("Busy"))])),
                         lambda: builder.to_sip("BYE", [500]), lambda: builder.to_isup(1, [16]),
                         lambda: builder.to_isup("nothing", [16]), lambda: builder.to_isup(480, []),
                         lambda: builder.cause_header("a b"), lambda: builder.ignore_reason([99]),
                         lambda: builder.map("sip:480", Row("Busy\0")), lambda: builder.class_location(2, "U"),
                         lambda: builder.check("redundant", "bad"), lambda: builder.effective(1 << 63)):
                with self.assertRaises(ValueError):
                    said()
            with self.assertRaises(TypeError):
                builder.map("sip:480", Row(when=[Refinement(Condition(phrases="text"), Row("Busy"))]))
            self.assertEqual(builder.map("sip:480", Row("Busy")).table()["sip:480"].disposition, "Busy")


class Verdicts(unittest.TestCase):
    def test_fields(self):
        notice = sipcause.Notice("https://redress.example/", "+12125550100", "a@example.com", "a7", "TN")
        notice.check()
        answer = sipcause.notice_response(notice)
        with Release() as release:
            release.response(answer.status, answer.phrase)
            release.header("Reason", answer.reason)
            release.header("Retry-After", "0")
            verdict = release.decide()
        self.assertEqual(tuple(verdict.notice), tuple(notice))
        self.assertEqual((verdict.block, verdict.retry_after, verdict.q850), ("network", 0, None))
        self.assertEqual(pickle.loads(pickle.dumps(verdict)), verdict)
        self.assertEqual(json.loads(json.dumps(verdict.as_json())), verdict.as_json())
        with self.assertRaises(AttributeError):
            verdict.status = 1
        self.assertIn("network", repr(verdict))
        self.assertIn("unmapped-status", sipcause.classify([b"SIP/2.0 699 x\r\nCSeq: 1 INVITE\r\n\r\n"]).flags)
        self.assertEqual(f"{verdict.outcome} {verdict.outcome!s:>8}|", "blocked  blocked|")

    def test_text_that_is_no_utf8(self):
        verdict = sipcause.classify([b"SIP/2.0 503 \xff\xfe\r\nCSeq: 1 INVITE\r\nX-Cause-Code: \xff\r\n"
                                     b"Reason: SIP;cause=999;text=\"\xff\"\r\n\r\n"])
        json.dumps(verdict.as_json()).encode()
        self.assertEqual(sipcause.Reasons.parse(b"SIP;cause=486;text=\"\xff\"").values[0].text, "\ufffd")

    def test_report_and_survey(self):
        with sipcause.Report() as report, Release() as release, sipcause.Survey() as survey, sipcause.Survey() as other:
            release.response(486)
            release.header("Reason", "SIP;cause=16")
            report.validate_release(release)
            self.assertEqual([str(finding.rule) for finding in report], ["sip-cause-is-q850"])
            self.assertTrue(str(report.findings[0]).startswith("warning: "), str(report.findings[0]))
            report.clear()
            report.severity("status-in-cause", "note")
            report.validate_table()
            report.validate_bytes(bytearray(b"sipcause: 1\nextends: default\nmap: {sip: {486: Busy}}\n"))
            self.assertEqual(len(report), len(report.findings))
            self.assertEqual(sum(report.counts.values()), len(report))
            survey.add(release)
            other.merge(survey)
            other.merge(survey)
            self.assertEqual((other.calls, other.other, len(other), other.observations[0].status), (2, 0, 1, 486))
            self.assertEqual(sipcause.Survey.loads(other.saves()).observations, other.observations)
            with self.assertRaises(ValueError):
                other.merge(other)
            with self.assertRaises(sipcause.SurveyError):
                sipcause.Survey.loads("{}", "survey.json")


if __name__ == "__main__":
    unittest.main()
