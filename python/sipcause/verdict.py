"""Verdicts, findings and steps: what the library says of a call, as plain values that stay as they are.

SPDX-License-Identifier: MIT
"""
from typing import Any, Dict, FrozenSet, List, NamedTuple, Optional, Tuple, Union

from . import _abi
from ._library import library
from ._memory import items_of, name_of, text_of
from ._words import Block, Fate, Flag, Location, Method, Outcome, Party, Route, Rule, Severity, Side, Source
from .code import Code, code_from
from .table import Entry, entry_of


def location_of(number: int) -> Optional[Location]:
    return None if number == _abi.LOCATION_NONE else Location.of(number)


class Finding(NamedTuple):
    """What is wrong with a call's evidence, a mapping file or a table. Its text is as the command writes it."""

    rule: Rule
    severity: Severity
    message: str
    suggestion: Optional[str] = None
    file: Optional[str] = None
    line: Optional[int] = None
    column: Optional[int] = None
    second_line: Optional[int] = None
    second_column: Optional[int] = None
    code_text: Optional[str] = None  # what it is about: "sip:503", "sip:5xx", "default", "BYE"
    code: Optional[Code] = None  # the same, where it is a code outside its table too

    def __str__(self) -> str:
        places = [str(place) for place in (self.file, self.line, self.column) if place is not None]
        return ":".join([*places, f" {self.severity}" if places else str(self.severity),
                         f" {self.message} [{self.rule}]"])


def finding_of(finding: Any) -> Finding:
    return Finding(Rule.of(finding.rule), Severity.of(finding.severity), str(text_of(finding.message)),
                   text_of(finding.suggestion), name_of(finding.file), finding.line or None, finding.column or None,
                   finding.second_line or None, finding.second_column or None, text_of(finding.code_text),
                   code_from(finding.code, None))


class VerdictNotice(NamedTuple):
    """The redress contacts of a 603+ answer as sent, usable or not."""

    url: Optional[str]
    tel: Optional[str]
    email: Optional[str]
    id: Optional[str]
    location: Optional[Location]


class Jwscard(NamedTuple):
    """Where the jCard of a 608 is. Nothing was fetched, and no signature verified."""

    url: str
    verified: bool = False


class Verdict(NamedTuple):
    """Why a call ended. Its fields are named as those of `sipcause classify --json`, and of sipcause_verdict; what is
    absent is None.

    >>> import sipcause
    >>> verdict = sipcause.classify([b"SIP/2.0 486 Busy Here\\r\\nCSeq: 1 INVITE\\r\\n\\r\\n"])
    >>> verdict.disposition, verdict.party, verdict.route, str(verdict.decided_by), verdict.source_name
    ('Busy', <Party.CALLEE: 'callee'>, <Route.STOP: 'stop'>, 'sip:486', 'status-line')
    """

    disposition: str
    outcome: Outcome
    party: Party
    route: Route
    block: Block
    decided_by: Optional[Code]
    source: Source
    source_name: Optional[str]
    runner_up: Optional[Code]
    status: Optional[int]
    q850: Optional[int]
    location: Optional[Location]
    answered: bool
    retry_after: Optional[int]
    carrier: Union[int, str, None]
    notice: Optional[VerdictNotice]
    jwscard: Optional[Jwscard]
    released_by: Side
    flags: FrozenSet[Flag]
    findings: Tuple[Finding, ...]
    name: Optional[str]
    note: Optional[str]
    file: Optional[str]
    line: Optional[int]
    disposition_id: int

    def as_json(self) -> Dict[str, Any]:
        """The object that `sipcause classify --json` writes for it, without the call_id."""
        return {
            "answered": self.answered, "disposition": self.disposition, "outcome": str(self.outcome),
            "party": str(self.party), "route": str(self.route),
            "decided_by": _json_code(self.decided_by, source=self.source_name),
            "runner_up": _json_code(self.runner_up), "status": self.status, "q850": self.q850,
            "location": None if self.location is None else str(self.location), "carrier": self.carrier,
            "block": str(self.block),
            "notice": None if self.notice is None else self.notice._asdict(),
            "jwscard": None if self.jwscard is None else self.jwscard._asdict(), "retry_after": self.retry_after,
            "flags": [str(flag) for flag in sorted(self.flags, key=lambda flag: flag.number)],
            "findings": [{"rule": str(finding.rule), "message": finding.message} for finding in self.findings],
        }

    def __repr__(self) -> str:
        flags = "".join(f" {flag}" for flag in sorted(self.flags, key=lambda flag: flag.number))
        return (f"<sipcause.Verdict {self.disposition!r} {self.outcome}/{self.party}/{self.route} decided by "
                f"{self.decided_by or 'no code'}{flags}>")


def _json_code(code: Optional[Code], **more: Optional[str]) -> Optional[Dict[str, Any]]:
    return None if code is None else {"space": str(code.space), "value": code.value, **more}


def _flags(bits: int) -> FrozenSet[Flag]:
    return frozenset(Flag.of(1 << bit) for bit in range(32) if bits >> bit & 1)


def _notice(verdict: Any) -> Optional[VerdictNotice]:
    if not verdict.has_notice:
        return None
    return VerdictNotice(text_of(verdict.notice_url), text_of(verdict.notice_tel), text_of(verdict.notice_email),
                         text_of(verdict.notice_id), location_of(verdict.notice_location))


def _carrier(verdict: Any, table: Any) -> Union[int, str, None]:
    carrier = code_from(verdict.carrier, table)
    if carrier is not None and isinstance(carrier.value, int):
        return carrier.value
    return text_of(verdict.carrier_text)


def verdict_of(pointer: Any, release: Any, table: Any) -> Verdict:
    """A copy of a verdict; it and its texts end with the next use of the release."""
    if not pointer:
        raise MemoryError("libsipcause found no memory")
    verdict = pointer.contents
    findings = items_of(library.sipcause_finding_count, library.sipcause_finding_at, release)
    return Verdict(
        disposition=str(text_of(verdict.disposition)), outcome=Outcome.of(verdict.outcome),
        party=Party.of(verdict.party), route=Route.of(verdict.route), block=Block.of(verdict.block),
        decided_by=code_from(verdict.decided_by, table), source=Source.of(verdict.source),
        source_name=text_of(verdict.source_name), runner_up=code_from(verdict.runner_up, table),
        status=verdict.status or None, q850=verdict.q850 or None, location=location_of(verdict.location),
        answered=bool(verdict.answered), retry_after=verdict.retry_after if verdict.has_retry_after else None,
        carrier=_carrier(verdict, table), notice=_notice(verdict),
        jwscard=None if verdict.jwscard is None else Jwscard(str(text_of(verdict.jwscard))),
        released_by=Side.of(verdict.released_by), flags=_flags(verdict.flags),
        findings=tuple(finding_of(finding) for finding in findings), name=text_of(verdict.name),
        note=text_of(verdict.note), file=name_of(verdict.file), line=verdict.line or None,
        disposition_id=verdict.disposition_id)


class Step(NamedTuple):
    """One step on the way to a verdict: a piece of evidence and what became of it, or (fate none) what happened to the
    call as a whole. sipcause(7) has the numbers."""

    number: int
    fate: Fate
    sentence: str
    code: Optional[Code]
    source: Source
    source_name: Optional[str]
    status: Optional[int]
    method: Optional[Method]
    side: Side
    location: Optional[Location]
    text: Optional[str]
    entry: Optional[Entry]
    condition: Optional[str]


class Explanation(NamedTuple):
    """A verdict, and the steps that led to it."""

    verdict: Verdict
    steps: Tuple[Step, ...]


def steps_of(release: Any, table: Any) -> Tuple[Step, ...]:
    steps: List[Step] = []
    for step in items_of(library.sipcause_step_count, library.sipcause_step_at, release):
        steps.append(Step(step.number, Fate.of(step.fate), str(text_of(step.sentence)), code_from(step.code, table),
                          Source.of(step.source), text_of(step.source_name), step.status or None,
                          Method.of(step.method) if step.method else None, Side.of(step.side),
                          location_of(step.location), text_of(step.text), entry_of(step.entry),
                          text_of(step.condition)))
    return tuple(steps)
