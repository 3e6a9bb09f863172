"""Why a SIP call ended: libsipcause for Python.

When a call is released, what is left is a SIP status code, Reason headers, perhaps a carrier's own X-Cause-Code,
perhaps an ISUP cause value. libsipcause turns that evidence into one verdict: what happened, who caused it, whether
another trunk may be tried, and which piece of evidence decided.

    >>> import sipcause
    >>> table = sipcause.Table.loads("{sipcause: 1, extends: default, map: {carrier: {601: Fraud / Security Block}}}")
    >>> answer = b"SIP/2.0 503 Service Unavailable\\r\\nCSeq: 1 INVITE\\r\\nX-Cause-Code: 601\\r\\n\\r\\n"
    >>> verdict = sipcause.classify([answer], table)
    >>> verdict.disposition, verdict.route, str(verdict.decided_by)
    ('Fraud / Security Block', <Route.STOP: 'stop'>, 'carrier:601')

The terms are those of sipcause.h: a code is a space and a value, never a bare number; bytes from the wire are never
an error, only findings; tables never change, any thread may read them. What is absent is None. The library is the one
of SIPCAUSE_LIBRARY (a path), else the one that the wheel carries, else the system's.

SPDX-License-Identifier: MIT
"""
from ._library import library as _loaded, version_text as _version_text
from ._library import MINIMUM as _MINIMUM
from ._words import (Block, Coding, DifferenceKind, ErrorCode, Fate, Flag, Local, Location, Method, NoCause, Outcome,
                     Party, Route, Rule, Severity, Side, Source, Space)
from .builder import Builder
from .code import Code
from .compare import Difference, Said, compare
from .error import (CodeError, Details, FileError, IsupError, LibraryError, MappingError, MisuseError, NoticeError,
                    ReasonError, SipcauseError, SurveyError, TranslationError)
from .message import Message, headers
from .reason import Reason, Reasons, check_reason
from .release import Release, classify, classify_calls
from .report import Report
from .row import Condition, Refinement, Row, Translation
from .survey import Observation, Survey
from .table import CauseHeader, Entry, Table, location_meaning, profile_description, profiles, rule_severity
from .translate import Isup, Notice, Response, notice_response, to_isup, to_sip
from .verdict import Explanation, Finding, Jwscard, Step, Verdict, VerdictNotice

__version__ = _version_text(_MINIMUM)

__all__ = [
    "Block", "Builder", "CauseHeader", "Code", "CodeError", "Coding", "Condition", "Details", "Difference",
    "DifferenceKind", "Entry", "ErrorCode", "Explanation", "Fate", "FileError", "Finding", "Flag", "Isup",
    "IsupError", "Jwscard", "LibraryError", "Local", "Location", "MappingError", "Message", "Method", "MisuseError",
    "NoCause", "Notice", "NoticeError", "Observation", "Outcome", "Party", "Reason", "ReasonError", "Reasons",
    "Refinement", "Release", "Report", "Response", "Route", "Row", "Rule", "Said", "Severity", "Side",
    "SipcauseError", "Source", "Space", "Step", "Survey", "SurveyError", "Table", "Translation", "TranslationError",
    "Verdict", "VerdictNotice", "check_reason", "classify", "classify_calls", "compare", "headers",
    "location_meaning", "notice_response", "profile_description", "profiles", "rule_severity", "to_isup", "to_sip",
    "version",
]


def version() -> str:
    """The version of the library that runs; __version__ is that of this package.

    >>> version() >= __version__
    True
    """
    return str(_loaded.sipcause_version().decode("ascii"))
