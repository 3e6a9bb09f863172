"""Reason headers (RFC 3326, RFC 8606): every value of them, and what is wrong with them.

SPDX-License-Identifier: MIT
"""
import ctypes
from typing import Any, Iterator, List, NamedTuple, Optional, Tuple

from . import _abi
from ._library import library
from ._memory import Text, octets_of, slice_of, text_of, written
from ._words import Location, Rule, Space
from .code import Code
from .error import ReasonError, check
from .table import rule_severity
from .verdict import Finding, location_of


class Reason(NamedTuple):
    """One value of a Reason header.

    >>> [reason] = Reasons.parse('Q.850;cause=34;text="No circuit available";location=LN')
    >>> reason.protocol, reason.cause, reason.text, str(reason.code), reason.location
    ('Q.850', 34, 'No circuit available', 'q850:34', <Location.LN: 'LN'>)
    """

    protocol: str  # as sent
    cause: Optional[int]
    text: Optional[str]  # escapes undone
    location: Optional[Location]
    space: Optional[Space]  # that the cause is of; None: that of no registered protocol
    parameters: Tuple[Tuple[str, Optional[str]], ...]  # as sent, each name and what follows its =
    findings: Tuple[Finding, ...]

    @property
    def code(self) -> Optional[Code]:
        """The cause as a code; None: there is none, or it can be none of its space (SIP;cause=16)."""
        if self.space is None or self.cause is None:
            return None
        code = Code(self.space, self.cause)
        return code if code.valid else None


class Reasons(NamedTuple):
    """The values of a message's Reason headers, and the findings that belong to no value. It is gone through value by
    value."""

    values: Tuple[Reason, ...]
    findings: Tuple[Finding, ...]

    @classmethod
    def parse(cls, *lines: Text) -> "Reasons":
        """Reads the Reason header lines of one message: what follows "Reason:", folded lines included. What deviates
        is read where it can be, and is a finding.

        >>> reasons = Reasons.parse('SIP;cause=486', 'Q.850;text=busy;cause=17')
        >>> [(str(reason.code), [finding.rule.value for finding in reason.findings]) for reason in reasons]
        [('sip:486', []), ('q850:17', ['text-not-quoted'])]
        """
        iterator, reason, values = _abi.sipcause_reason_iterator(), _abi.sipcause_reason(), []
        begin = library.sipcause_reason_begin
        for line in lines or (b"",):
            octets = octets_of(line)  # the slices of a value are borrowed from it
            begin(ctypes.byref(iterator), octets, len(octets))
            begin = library.sipcause_reason_continue
            while lines and library.sipcause_reason_next(ctypes.byref(iterator), ctypes.byref(reason)):
                values.append(_value_of(reason))
        mask = library.sipcause_reason_findings(ctypes.byref(iterator)) if lines else 0
        return cls(tuple(values), tuple(_findings(mask, None)))

    def __iter__(self) -> Iterator[Reason]:  # type: ignore[override]
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)


def check_reason(line: Text) -> None:
    """The strict reading: ReasonError, with the column, for the first deviation that deserves a warning.

    >>> check_reason('Q.850;cause=16;text="Terminated"')
    >>> check_reason('SIP;cause=16')
    Traceback (most recent call last):
        ...
    sipcause.error.ReasonError: 1:5: error: ... [sip-cause-is-q850] [value]
    """
    octets, error = octets_of(line), _abi.sipcause_error()
    check(ReasonError, library.sipcause_reason_check(octets, len(octets), ctypes.byref(error)), error)


def _value_of(reason: Any) -> Reason:
    sent = None
    if reason.text.text:
        sent = written(lambda buffer, size: library.sipcause_reason_text(ctypes.byref(reason), buffer, size))
    return Reason(str(text_of(slice_of(reason.protocol))), reason.cause if reason.has_cause else None, text_of(sent),
                  location_of(reason.location), Space.of(reason.space) if reason.space else None,
                  tuple(_parameters(reason)), tuple(_findings(reason.findings, reason)))


def _parameters(reason: Any) -> Iterator[Tuple[str, Optional[str]]]:
    position, name, content = ctypes.c_size_t(0), _abi.sipcause_slice(), _abi.sipcause_slice()
    while library.sipcause_reason_parameter(ctypes.byref(reason), ctypes.byref(position), ctypes.byref(name),
                                            ctypes.byref(content)):
        yield text_of(slice_of(name)) or "", text_of(slice_of(content))


def _findings(mask: int, reason: Any) -> List[Finding]:
    findings, of = [], None if reason is None else ctypes.byref(reason)
    for bit in range(64):
        if mask >> bit & 1:
            sentence = written(lambda buffer, size: library.sipcause_reason_sentence(of, bit, buffer, size))
            rule = Rule.of(bit)
            findings.append(Finding(rule, rule_severity(rule), str(text_of(sentence))))
    return findings
