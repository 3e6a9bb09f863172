"""Words: the members of the closed lists, which are texts too.

SPDX-License-Identifier: MIT
"""
import re
from enum import Enum
from typing import Dict, Optional, Type, TypeVar, Union

W = TypeVar("W", bound="Word")


class Word(str, Enum):
    """A word of a closed list. It is its name, so it can be compared with text and written as JSON.

    >>> from sipcause import Outcome
    >>> Outcome.NO_ANSWER == "no-answer"
    True
    >>> Outcome("busy"), Outcome.BUSY.number, Outcome.NO_ANSWER.meaning
    (<Outcome.BUSY: 'busy'>, 10, 'it rang, nobody answered')

    Lists grow: a newer library may have words that this package does not know. They come as words of the same
    class that are no members of it, so handle what you do not know.
    """

    number: int
    meaning: str

    def __new__(cls, name: str, number: int = 0, meaning: str = "") -> "Word":
        word = str.__new__(cls, name)
        word._value_ = name
        word.number = number
        word.meaning = meaning
        return word

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, form: str) -> str:  # since Python 3.12 that of Enum would write Outcome.BUSY
        return str.__format__(str(self), form)

    @classmethod
    def _missing_(cls, value: object) -> Optional["Word"]:
        """In whatever case it is written."""
        if isinstance(value, str):
            for word in cls:
                if word.lower() == value.lower():
                    return word
        return None

    @classmethod
    def of(cls: Type[W], number: int) -> W:
        """The word with a number of the library's.

        >>> from sipcause import Outcome
        >>> Outcome.of(10)
        <Outcome.BUSY: 'busy'>
        """
        words = _by_number.get(cls)
        if words is None:
            words = _by_number[cls] = {word.number: word for word in cls}
        word = words.get(number)
        if word is None:
            word = words[number] = _newer(cls, number)
        return word  # type: ignore[return-value]


_by_number: Dict[Type[Word], Dict[int, Word]] = {}


def _newer(cls: Type[W], number: int) -> W:
    """A word that only the library knows."""
    from ._library import library
    from ._words import LISTS

    name = getattr(library, f"sipcause_{LISTS[cls]}_name")(number)
    text = f"#{number}" if name is None else name.decode("ascii", "replace")
    word = str.__new__(cls, text)
    word._name_ = re.sub("[^A-Z0-9]", "_", text.upper())
    word._value_ = text
    word.number = number
    word.meaning = ""
    return word


def number_of(cls: Type[W], word: Union[W, str]) -> int:
    """The number of a word that a caller gave; ValueError when the list has none of that name."""
    return (word if isinstance(word, cls) else cls(word)).number
