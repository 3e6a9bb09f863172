"""Builders: tables made in Python, for those who keep their mapping in a database.

SPDX-License-Identifier: MIT
"""
import ctypes
from typing import Any, Callable, Dict, Iterable, Optional, Sequence, Tuple, Union

from . import _abi
from ._library import library
from ._memory import Handle, Owned, ended, ended_or_none, number_within
from ._words import Local, Location, NoCause, Rule, Severity, Space
from .code import Code, code_of
from .error import MappingError, MisuseError, check, made
from .row import Row, Translation, array_of, row_to, translations_to
from .table import CauseHeader, Table, table_pointer
from .word import number_of

# What an interworking rule is for when it is for no one code: to ISUP, to SIP. Their numbers are causes there.
_TO_ISUP = {"default": _abi.FROM_DEFAULT, "BYE": _abi.FROM_BYE, "CANCEL": _abi.FROM_CANCEL}
_TO_SIP = {"default": _abi.FROM_DEFAULT}


class Builder(Owned):
    """Makes a table. What a mapping file may say can be said here; each method gives the builder back.

    >>> with Builder(name="acme") as builder:
    ...     table = (builder.cause_header("X-Cause-Code")
    ...              .map("carrier:601", "Fraud / Security Block")
    ...              .map("sip:480", Row("No Answer", route="next"))
    ...              .table())
    >>> table.name, table["carrier:601"].outcome, table["sip:480"].route
    ('acme', <Outcome.BLOCKED: 'blocked'>, <Route.NEXT: 'next'>)

    What is refused raises a MappingError, and changes nothing.
    """

    def __init__(self, base: Optional[Table] = None, name: Optional[str] = None, file: Optional[str] = None) -> None:
        """base: the table to extend; None: "default". file: what entries and errors give as their origin."""
        self._handle = Handle(library.sipcause_builder_new(table_pointer(base)), library.sipcause_builder_free)
        if name is not None or file is not None:
            self.name(name, file)

    def _say(self, function: Callable[..., int], *said: Any) -> "Builder":
        """Calls a function that fills an error in."""
        error = _abi.sipcause_error()
        with self._held() as pointer:
            result = function(pointer, *said, ctypes.byref(error))
        check(MappingError, result, error)
        return self

    def _say_plainly(self, function: Callable[..., int], sentence: str, *said: Any) -> "Builder":
        with self._held() as pointer:
            result = function(pointer, *said)
        check(MisuseError, result, None, sentence)
        return self

    def name(self, name: Optional[str], file: Optional[str] = None) -> "Builder":
        """Names the table and its source; None: as it is."""
        return self._say_plainly(library.sipcause_builder_name, "the name was refused", ended_or_none(name),
                                 ended_or_none(file))

    def clear(self) -> "Builder":
        """Extends nothing. To be called first."""
        return self._say_plainly(library.sipcause_builder_clear, "clear comes before anything else is said")

    def disposition(self, row: Union[Row, str]) -> "Builder":
        """Declares a disposition of one's own: its name, outcome, party and route."""
        return self._say(library.sipcause_builder_disposition, ctypes.byref(row_to(row)))

    # ---- rows

    def map(self, code: Union[Code, str], row: Union[Row, str]) -> "Builder":
        """Maps a code; a row that is a text says its disposition only."""
        code, content = code_of(code), ctypes.byref(row_to(row))
        if isinstance(code.value, str):
            word = code.value.encode("ascii")
            return self._say(library.sipcause_builder_map_token, word, len(word), content)
        return self._say(library.sipcause_builder_map, code._plain(), content)

    def map_class(self, hundreds: int, row: Union[Row, str]) -> "Builder":
        """The row for a whole class of unmapped statuses, 3-6."""
        hundreds = number_within(hundreds, 0, 0xFFFFFFFF, "hundreds")
        return self._say(library.sipcause_builder_map_class, hundreds, ctypes.byref(row_to(row)))

    def map_default(self, row: Union[Row, str]) -> "Builder":
        """The row for everything else."""
        return self._say(library.sipcause_builder_map_default, ctypes.byref(row_to(row)))

    def map_no_cause(self, situation: Union[NoCause, str], row: Union[Row, str]) -> "Builder":
        """A row for calls without usable evidence; the first one drops those that are inherited."""
        return self._say(library.sipcause_builder_map_no_cause, number_of(NoCause, situation),
                         ctypes.byref(row_to(row)))

    def map_local(self, local: Union[Local, str], row: Union[Row, str]) -> "Builder":
        """A row for a failure of our own side."""
        return self._say(library.sipcause_builder_map_local, number_of(Local, local), ctypes.byref(row_to(row)))

    # ---- evidence

    def cause_header(self, header: Union[CauseHeader, str], line: int = 0, column: int = 0) -> "Builder":
        """Adds a cause header, best first; a text is its name. The first one drops the inherited list."""
        if isinstance(header, str):
            header = CauseHeader(header)
        content = _abi.sipcause_cause_header(ended(header.name), ended_or_none(header.parameter),
                                             number_of(Space, header.space), bool(header.uri_parameter))
        return self._say(library.sipcause_builder_cause_header, ctypes.byref(content), *_place(line, column))

    def no_cause_headers(self) -> "Builder":
        """Says that there is no cause header at all."""
        return self._say_plainly(library.sipcause_builder_no_cause_headers, "it was refused")

    def precedence(self, spaces: Iterable[Union[Space, str]]) -> "Builder":
        """The order in which code spaces are asked; one that is left out never decides."""
        return self._say(library.sipcause_builder_precedence, *_numbers(number_of(Space, space) for space in spaces))

    def ignore_reason(self, statuses: Iterable[int]) -> "Builder":
        """The statuses under which this carrier's Reason headers are passed over."""
        return self._say(library.sipcause_builder_ignore_reason, *_numbers(statuses))

    # ---- interworking

    def to_isup(self, origin: Union[int, str], answers: Sequence[Union[Translation, int]], line: int = 0,
                column: int = 0) -> "Builder":
        """The rules of a status 300-699, a class 3-6, "BYE", "CANCEL" or "default"; an answer that is a number is its
        cause value, always."""
        return self._say(library.sipcause_builder_to_isup, _origin(origin, _TO_ISUP, 3), *translations_to(answers),
                         *_place(line, column))

    def to_sip(self, origin: Union[int, str], answers: Sequence[Union[Translation, int]], line: int = 0,
               column: int = 0) -> "Builder":
        """The rules of a cause value 1-127 or "default"; an answer that is a number is its status, always."""
        return self._say(library.sipcause_builder_to_sip, _origin(origin, _TO_SIP, 1), *translations_to(answers),
                         *_place(line, column))

    def class_location(self, hundreds: int, location: Union[Location, str], line: int = 0,
                       column: int = 0) -> "Builder":
        """The location in a REL that is made of a status of a class, 3-6; 0: of BYE and CANCEL."""
        hundreds = number_within(hundreds, 0, 6, "hundreds")
        return self._say(library.sipcause_builder_class_location, hundreds, number_of(Location, location),
                         *_place(line, column))

    # ---- the table

    def effective(self, seconds: Optional[int]) -> "Builder":
        """From when on the table is in force, in seconds since 1970-01-01T00:00:00Z; None: it does not say."""
        second = _abi.ALWAYS if seconds is None else number_within(seconds, -(1 << 63), (1 << 63) - 1, "seconds")
        return self._say_plainly(library.sipcause_builder_effective, "the date was refused", second)

    def check(self, rule: Union[Rule, str], severity: Union[Severity, str]) -> "Builder":
        """The severity of a rule for this table."""
        return self._say(library.sipcause_builder_check, number_of(Rule, rule), number_of(Severity, severity))

    def table(self) -> Table:
        """The table. The builder stays as it is and may go on."""
        error = _abi.sipcause_error()
        with self._held() as pointer:
            return Table._own(made(MappingError, library.sipcause_builder_table(pointer, ctypes.byref(error)), error))

    def __repr__(self) -> str:
        return f"<sipcause.Builder{', closed' if self.closed else ''}>"


def _place(line: int, column: int) -> Tuple[int, int]:
    return number_within(line, 0, 0xFFFFFFFF, "line"), number_within(column, 0, 0xFFFFFFFF, "column")


def _numbers(numbers: Iterable[int]) -> Tuple[Any, int]:
    return array_of(ctypes.c_uint16, [number_within(number, 0, 0xFFFF, "a number") for number in numbers])


def _origin(origin: Union[int, str], words: Dict[str, int], lowest: int) -> int:
    if isinstance(origin, str):
        if origin not in words:
            raise ValueError(f"'{origin}' is neither a number nor {', '.join(words)}")
        return words[origin]
    return number_within(origin, lowest, 699, "from")
