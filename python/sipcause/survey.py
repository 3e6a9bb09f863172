"""Surveys: what traffic really carries.

SPDX-License-Identifier: MIT
"""
import contextlib
import ctypes
from typing import Iterator, NamedTuple, Optional, Tuple, Union

from . import _abi
from ._library import library
from ._memory import BytesLike, Handle, Owned, borrowed, ended_or_none, items_of, octets_of, text_of, written
from ._words import Location, Method
from .code import Code, code_from
from .error import MisuseError, SurveyError, check, made
from .release import Release
from .verdict import location_of


class Observation(NamedTuple):
    """A kind of evidence, as the message that decides carries it, and how many calls ended so."""

    calls: int
    method: Optional[Method]  # None: no message decided
    status: Optional[int]
    q850: Optional[int]
    location: Optional[Location]
    answered: bool
    reason: Optional[Code]  # the first cause of a Reason value of any other protocol than Q.850, usable or not
    carrier: Optional[str]  # the carrier's own code as text
    header: Optional[str]  # the cause header that it stood in


class Survey(Owned):
    """How many calls ended with the same evidence, in bounded memory. It is gone through kind by kind, in the order in
    which they were met first.

    >>> with Survey() as survey, Release() as release:
    ...     for status in (486, 503, 486):
    ...         release.response(status)
    ...         survey.add(release)
    ...         release.reset()
    ...     [(seen.status, seen.calls) for seen in survey]
    [(486, 2), (503, 1)]
    """

    def __init__(self) -> None:
        self._own(library.sipcause_survey_new())

    def _own(self, pointer: object) -> None:
        self._handle = Handle(pointer, library.sipcause_survey_free)

    @classmethod
    def loads(cls, content: Union[str, BytesLike], name: Optional[str] = None) -> "Survey":
        """Loads what saves wrote. name: what errors give as the file's name.

        >>> Survey.loads(Survey().saves()).calls
        0
        """
        error = _abi.sipcause_error()
        with borrowed(octets_of(content) if isinstance(content, str) else content) as (address, length):
            pointer = library.sipcause_survey_load(address, length, ended_or_none(name), ctypes.byref(error))
        survey = cls.__new__(cls)
        survey._own(made(SurveyError, pointer, error))
        return survey

    def saves(self) -> str:
        """The survey as JSON, to be kept, loaded and merged: the same text for the same counts, whatever order the
        calls came in."""
        error = _abi.sipcause_error()
        with self._held() as pointer:
            text = written(lambda room, size: library.sipcause_survey_save(pointer, room, size, ctypes.byref(error)))
        check(SurveyError, error.code, error)
        return text.decode("utf-8")

    def add(self, release: Release) -> None:
        """Counts a call that is over."""
        with release._held() as evidence, self._held() as pointer:
            result = library.sipcause_survey_add(pointer, evidence)
        check(MisuseError, result)

    def merge(self, other: "Survey") -> None:
        """Adds what another survey counted."""
        mine, its = self._held(), other._held()
        if mine is its:
            raise ValueError("a survey cannot be merged into itself")
        with contextlib.ExitStack() as both:
            for handle in sorted((mine, its), key=id):  # so that two threads cannot wait for each other
                both.enter_context(handle)
            result = library.sipcause_survey_merge(mine.pointer, its.pointer)
        check(MisuseError, result)

    @property
    def calls(self) -> int:
        """How many calls were counted, those counted as other among them."""
        with self._held() as pointer:
            return int(library.sipcause_survey_calls(pointer))

    @property
    def other(self) -> int:
        """How many calls came with evidence of a kind that found no room any more."""
        with self._held() as pointer:
            return int(library.sipcause_survey_other(pointer))

    @property
    def observations(self) -> Tuple[Observation, ...]:
        """The kinds of evidence."""
        with self._held() as pointer:
            return tuple(Observation(seen.calls, Method.of(seen.method) if seen.method else None, seen.status or None,
                                     seen.q850 or None, location_of(seen.location), bool(seen.answered),
                                     code_from(seen.reason, None), text_of(seen.carrier), text_of(seen.header))
                         for seen in items_of(library.sipcause_survey_count, library.sipcause_survey_at, pointer))

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def __len__(self) -> int:
        with self._held() as pointer:
            return int(library.sipcause_survey_count(pointer))

    def __bool__(self) -> bool:
        return True  # a survey without calls is one

    def __repr__(self) -> str:
        return "<sipcause.Survey, closed>" if self.closed else f"<sipcause.Survey of {self.calls} calls>"
