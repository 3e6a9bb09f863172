"""What rows, conditions and interworking rules say, for a builder.

SPDX-License-Identifier: MIT
"""
import ctypes
from typing import Any, Iterable, List, NamedTuple, Optional, Sequence, Tuple, Union

from . import _abi
from ._memory import array_type, ended, ended_or_none, number_within
from ._words import Coding, Location, Method, Outcome, Party, Route
from .code import Code, code_of, plain_code
from .word import number_of


class Condition(NamedTuple):
    """What must hold of the call for a refinement or an interworking rule to count: all that is said here, and of each
    list one. Patterns: * stands for any run of characters, ? for one. answered, alerted, progressed, notice and
    diagnostic: True yes, False no, None either. sipcause(5) tells what each means."""

    phrases: Sequence[str] = ()
    texts: Sequence[str] = ()
    codes: Sequence[Union[Code, str]] = ()
    warnings: Sequence[int] = ()
    locations: Sequence[Union[Location, str]] = ()
    methods: Sequence[Union[Method, str]] = ()
    codings: Sequence[Union[Coding, str]] = ()
    answered: Optional[bool] = None
    alerted: Optional[bool] = None
    progressed: Optional[bool] = None
    notice: Optional[bool] = None
    diagnostic: Optional[bool] = None


class Row(NamedTuple):
    """What a code means. What is None is inherited. line and column: where the row is from, for messages.

    >>> Row("Fraud / Security Block", note="their analytics").disposition
    'Fraud / Security Block'
    """

    disposition: Optional[str] = None
    name: Optional[str] = None
    note: Optional[str] = None
    outcome: Union[Outcome, str, None] = None
    party: Union[Party, str, None] = None
    route: Union[Route, str, None] = None
    uninformative: Optional[bool] = None
    capped: Optional[bool] = None
    when: Sequence["Refinement"] = ()
    line: int = 0
    column: int = 0


class Refinement(NamedTuple):
    """What a row means when a condition holds."""

    condition: Condition
    row: Row


class Translation(NamedTuple):
    """One answer of an interworking rule: to ISUP a cause value, to SIP a status; 0: nothing is sent."""

    to: int
    when: Optional[Condition] = None
    location: Union[Location, str, None] = None  # to ISUP; None: that of the status' class
    redress: bool = False  # to SIP: with a redress contact the answer is a 603+


def _either(answer: Optional[bool]) -> int:
    return 0 if answer is None else 1 if answer else 2


def _bits(word_class: Any, words: Iterable[str]) -> int:
    bits = 0
    for word in _several(words):
        bits |= 1 << number_of(word_class, word)
    return bits


def _several(items: Any) -> Any:
    """One text where a list belongs would be taken for its letters."""
    if isinstance(items, (str, bytes)):
        raise TypeError(f"a list is wanted, not {items!r} alone")
    return items


def array_of(kind: Any, items: Sequence[Any]) -> Tuple[Any, int]:
    """A list for the library. The structure that it is put into keeps it alive."""
    return (array_type(kind, len(items))(*items), len(items)) if items else (None, 0)


def _texts(texts: Sequence[str]) -> Tuple[Any, int]:
    return array_of(ctypes.c_char_p, [ended(text) for text in _several(texts)])


def condition_to(condition: Condition) -> Any:
    """The library's structure."""
    codes = [code_of(code) for code in _several(condition.codes)]
    words = [code.value for code in codes if isinstance(code.value, str)]
    numbers = [plain_code(code) for code in codes if not isinstance(code.value, str)]
    warnings = [number_within(warning, 0, 0xFFFF, "a warn-code") for warning in condition.warnings]
    made = _abi.sipcause_condition()
    made.phrases, made.phrase_count = _texts(condition.phrases)
    made.texts, made.text_count = _texts(condition.texts)
    made.codes, made.code_count = array_of(_abi.sipcause_code, numbers)
    made.words, made.word_count = _texts(words)
    made.warnings, made.warning_count = array_of(ctypes.c_uint16, warnings)
    made.locations = _bits(Location, condition.locations)
    made.methods = _bits(Method, condition.methods)
    made.codings = _bits(Coding, condition.codings)
    for name in ("answered", "alerted", "progressed", "notice", "diagnostic"):
        setattr(made, name, _either(getattr(condition, name)))
    return made


def row_to(row: Union[Row, str]) -> Any:
    if isinstance(row, str):
        row = Row(row)
    made = _abi.sipcause_row()
    for name in ("disposition", "name", "note"):
        setattr(made, name, ended_or_none(getattr(row, name)))
    for name, word_class in (("outcome", Outcome), ("party", Party), ("route", Route)):
        word = getattr(row, name)
        number_of(word_class, word if word is not None else word_class.of(0))  # a ValueError that names the list
        setattr(made, name, ended_or_none(word))
    made.uninformative = _either(row.uninformative)
    made.capped = _either(row.capped)
    made.line = number_within(row.line, 0, 0xFFFFFFFF, "line")
    made.column = number_within(row.column, 0, 0xFFFFFFFF, "column")
    made.when, made.when_count = array_of(_abi.sipcause_refinement, [
        _abi.sipcause_refinement(condition_to(item.condition), row_to(item.row)) for item in row.when])
    return made


def translations_to(answers: Iterable[Union[Translation, int]]) -> Tuple[Any, int]:
    made: List[Any] = []
    for answer in answers:
        if not isinstance(answer, Translation):
            answer = Translation(answer)
        rule = _abi.sipcause_translation()
        if answer.when is not None:
            rule.when = ctypes.POINTER(_abi.sipcause_condition)(condition_to(answer.when))
        rule.to = number_within(answer.to, 0, 0xFFFF, "to")
        rule.has_location = answer.location is not None
        rule.location = 0 if answer.location is None else number_of(Location, answer.location)
        rule.redress = bool(answer.redress)
        made.append(rule)
    return array_of(_abi.sipcause_translation, made)
