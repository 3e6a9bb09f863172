"""A code: a space and a value, never a bare number.

SPDX-License-Identifier: MIT
"""
import ctypes
import re
from typing import TYPE_CHECKING, Any, NoReturn, Optional, Tuple, Type, Union

from . import _abi
from ._library import library
from ._memory import number_within, octets_of, text_of
from ._words import ErrorCode, Space
from .error import CodeError, check

if TYPE_CHECKING:
    from .table import Table

_WORD = re.compile("[A-Za-z0-9_.-]{1,31}")
# What the library numbers in each table, and this package spells: a carrier's word.
_UNSPELT = (Space.TOKEN, Space.NONE)


class Code:
    """A code. It cannot be changed, may be a key, and is printed as it is read.

    >>> code = Code.parse("sip:503")
    >>> code.space, code.value, code.name
    (<Space.SIP: 'sip'>, 503, 'Service Unavailable')
    >>> print(code)
    sip:503
    >>> code == Code("sip", 503) == Code.status(503)
    True
    >>> Code.parse("q850:user-busy"), Code.parse("carrier:D35")
    (Code('q850', 17), Code('carrier', 'D35'))

    The value is a number, or the text of a carrier's own word.
    """

    __slots__ = ("space", "value")
    space: Space
    value: Union[int, str]

    def __init__(self, space: Union[Space, str], value: Union[int, str]) -> None:
        space = Space(space)
        if space in _UNSPELT:
            raise ValueError(f"no code is of the space '{space}': a carrier's word is of 'carrier'")
        if isinstance(value, str):
            if space is not Space.CARRIER or not _WORD.fullmatch(value):
                raise ValueError(f"'{value}' is no value of the space '{space}'")
            if value.isdigit():
                raise ValueError(f"'{value}' is a number: give it as one")
        else:
            value = number_within(value, 0, 0xFFFFFFFF, str(space))
        object.__setattr__(self, "space", space)
        object.__setattr__(self, "value", value)

    @classmethod
    def parse(cls, text: str) -> "Code":
        """Reads "space:value", with a number, a standard name ("sip:busy-here") or a carrier's word.

        >>> Code.parse("q850:503")
        Traceback (most recent call last):
            ...
        sipcause.error.CodeError: ... [status-in-cause]
        """
        octets, code, error = octets_of(text), _abi.sipcause_code(), _abi.sipcause_error()
        result = library.sipcause_code_parse(None, octets, len(octets), ctypes.byref(code), ctypes.byref(error))
        if result == ErrorCode.UNKNOWN_CODE.number:
            # Words are looked up in a table; what can be one, and is in none, is a code all the same.
            space, _, word = text.partition(":")
            if space.lower() == Space.CARRIER.value and _WORD.fullmatch(word) and not word.isdigit():
                return cls(Space.CARRIER, word)
        check(CodeError, result, error)
        return cls(Space.of(code.space), code.value)

    @classmethod
    def status(cls, status: int) -> "Code":
        """A SIP status code, 100-699."""
        return cls(Space.SIP, status)

    @classmethod
    def q850(cls, cause: int) -> "Code":
        """A Q.850 cause value, 1-127."""
        return cls(Space.Q850, cause)

    @classmethod
    def carrier(cls, value: Union[int, str]) -> "Code":
        """A number or a word of a carrier's own."""
        return cls(Space.CARRIER, value)

    @property
    def valid(self) -> bool:
        """Whether the value can be a code of its space at all; it need not be assigned."""
        return isinstance(self.value, str) or bool(library.sipcause_code_valid(self._plain()))

    @property
    def name(self) -> Optional[str]:
        """The standard's own name; None where the code is not assigned or its space has no names."""
        return None if isinstance(self.value, str) else text_of(library.sipcause_code_name(self._plain()))

    def _plain(self) -> _abi.sipcause_code:
        """As the library has it, of a number."""
        return _abi.sipcause_code(self.space.number, 0, self.value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a Code cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a Code cannot be changed")

    def __reduce__(self) -> Tuple[Type["Code"], Tuple[str, Union[int, str]]]:
        return type(self), (str(self.space), self.value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Code):
            return NotImplemented
        return self.space is other.space and self.value == other.value

    def __lt__(self, other: "Code") -> bool:
        """By space, then by value, words behind numbers."""
        if not isinstance(other, Code):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> Tuple[int, int, str]:
        number, word = (0xFFFFFFFF + 1, self.value) if isinstance(self.value, str) else (self.value, "")
        return self.space.number, number, word

    def __hash__(self) -> int:
        return hash((self.space, self.value))

    def __str__(self) -> str:
        return f"{self.space}:{self.value}"

    def __repr__(self) -> str:
        return f"Code({str(self.space)!r}, {self.value!r})"


def code_of(code: Union[Code, str]) -> Code:
    """What a caller gave as a code."""
    if isinstance(code, Code):
        return code
    if isinstance(code, str):
        return Code.parse(code)
    raise TypeError(f"a code is a Code or a text like 'sip:503', not {code!r}: a number without its space is no code")


def code_from(code: Any, table: Any) -> Optional[Code]:
    """A code of the library's; table: the one that it is of; None: it is none."""
    if code.space == Space.NONE.number:
        return None
    if code.space == Space.TOKEN.number:
        word = library.sipcause_code_word(table, code)
        return None if word is None else Code(Space.CARRIER, word.decode("ascii"))
    return Code(Space.of(code.space), code.value)


def plain_code(code: Union[Code, str]) -> _abi.sipcause_code:
    """For a place that takes numbers only."""
    code = code_of(code)
    if isinstance(code.value, str):
        raise ValueError(f"{code}: a number is wanted, not a carrier's word")
    return code._plain()
