"""The calls of tests/calls have the verdicts there, and the very values that the command writes.

SPDX-License-Identifier: MIT
"""
import json
import tempfile
import unittest

import sipcause
from support import COMMAND, ROOT, Told, calls, run_command

KEYS = {"decided": "decided_by", "source": "source_name", "jwscard": "jwscard"}


def table_of(call):
    if call.mapping is not None:
        return sipcause.Table.loads(call.mapping, call.name)
    return sipcause.Table.builtin(call.profile)


def answer(release, verdict, key):
    """What a line "= key value" says of this verdict."""
    if key in ("url", "tel", "email", "id", "notice-location"):
        value = verdict.notice and getattr(verdict.notice, key.replace("notice-", ""))
    elif key == "flags":
        value = " ".join(sorted(verdict.flags, key=lambda flag: flag.number))
    elif key in ("findings", "sentences"):
        value = " | ".join(finding.message for finding in verdict.findings) if key == "sentences" else (
            " ".join(finding.rule for finding in verdict.findings))
    elif key == "isup":
        try:
            isup = sipcause.to_isup(release)
        except sipcause.TranslationError:
            isup = None
        value = isup and f"{isup.cause}/{isup.location}"
    else:
        value = getattr(verdict, KEYS.get(key, key).replace("-", "_"))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, sipcause.Jwscard):
        value = value.url
    return "none" if value is None or value == "" else str(value)


class Calls(unittest.TestCase):
    def test_verdicts(self):
        count = 0
        for call in calls():
            table = table_of(call)
            for whole in (False, True):
                with self.subTest(call.name, whole=whole), sipcause.Release(table) as release:
                    for event in call.events:
                        if isinstance(event, Told):
                            if whole:
                                self.assertTrue(release.message(event.message()))
                            else:
                                event.give_parts(release)
                        elif event[0] == "=":
                            verdict = release.decide()
                            wanted = event[2]
                            if event[1] == "carrier" and wanted.isdigit():
                                wanted = str(int(wanted))  # sent with leading zeros
                            self.assertEqual(answer(release, verdict, event[1]), wanted, event[1])
                            self.assertEqual(release.explain().verdict, verdict)
                            count += 1
                        else:
                            getattr(release, event[0])(event[1])
        self.assertGreater(count, 500)


@unittest.skipUnless(COMMAND.exists(), "the command is not built")
class SameAsTheCommand(unittest.TestCase):
    def test_verdicts(self):
        count = 0
        for call in calls():
            # The command knows a body by its Content-Length, and counts a call as over by itself.
            if not call.on_the_wire or any(e for e in call.events if isinstance(e, Told) and e.octets is not None):
                continue
            messages = [event.message() for event in call.events if isinstance(event, Told)]
            with self.subTest(call.name), tempfile.NamedTemporaryFile(suffix=".yaml") as mapping:
                table, name = table_of(call), call.profile or "default"
                if call.mapping is not None:
                    mapping.write(call.mapping.encode())
                    mapping.flush()
                    name = mapping.name
                lines = run_command("classify", "--json", "-m", name, given=b"\r\n".join(messages)).splitlines()
                told = [json.loads(line) for line in lines]
                if len(told) != 1:  # two calls to the command, which follows a dialog's end
                    continue
                self.assertEqual(told[0].pop("call_id"), "call@example.com")
                self.assertEqual(sipcause.classify(messages, table).as_json(), told[0])
                count += 1
        self.assertGreater(count, 200)

    def test_reasons(self):
        count = 0
        for name in ("reason.jsonl", "reason_made.jsonl"):
            for line in (ROOT / "tests/data" / name).read_text(encoding="utf-8").splitlines():
                lines = json.loads(line)["headers"]
                if any("\0" in header for header in lines):
                    continue
                with self.subTest(line[:60]):
                    told = json.loads(run_command("reason", "--json", "--", *lines))
                    self.assertEqual(reasons_as_json(sipcause.Reasons.parse(*lines)), told)
                    count += 1
        self.assertGreater(count, 100)


def other_parameters(reason):
    """Those that have no place of their own; the first of a name counts."""
    shown = {"cause": reason.cause, "text": reason.text, "location": reason.location}
    others = {}
    for name, content in reason.parameters:
        if shown.get(name.lower()) is None and name.lower() not in map(str.lower, others):
            others[name] = content
    return others


def reasons_as_json(reasons):
    values = [{"protocol": reason.protocol, "cause": reason.cause, "text": reason.text, "location": reason.location,
               "params": other_parameters(reason)} for reason in reasons]
    findings = [finding for reason in reasons for finding in reason.findings] + list(reasons.findings)
    return {"values": values, "findings": [{"rule": finding.rule, "message": finding.message} for finding in findings]}


if __name__ == "__main__":
    unittest.main()
