"""Tables: what each code means.

SPDX-License-Identifier: MIT
"""
import ctypes
import os
from typing import Any, Iterator, Mapping, NamedTuple, Optional, Tuple, Union

from . import _abi
from ._library import library
from ._memory import (BytesLike, Handle, borrowed, ended, ended_or_none, name_of, number_within, octets_of, text_of,
                      written)
from ._words import Local, Location, NoCause, Outcome, Party, Route, Rule, Severity, Space
from .code import Code, code_from, code_of
from .error import MappingError, check, made
from .word import number_of

Path = Union[str, "os.PathLike[str]"]


class Entry(NamedTuple):
    """What a table says of one code.

    >>> Table.builtin()["sip:486"].disposition
    'Busy'
    """

    disposition: str
    outcome: Outcome
    party: Party
    route: Route
    name: Optional[str]
    note: Optional[str]
    file: Optional[str]  # "built-in" for rows of the profiles
    line: Optional[int]
    column: Optional[int]
    uninformative: bool  # it yields to any other evidence
    route_given: bool  # the row's own author wrote its route
    when_count: int  # how many other meanings it has under conditions
    disposition_id: int


class CauseHeader(NamedTuple):
    """Where a carrier puts its own code."""

    name: str
    parameter: Optional[str] = None  # None: the code is the header's value
    space: Space = Space.CARRIER
    uri_parameter: bool = False  # a parameter inside a URI counts too


def entry_of(pointer: Any) -> Optional[Entry]:
    if not pointer:
        return None
    entry = pointer.contents
    return Entry(str(text_of(entry.disposition)), Outcome.of(entry.outcome), Party.of(entry.party),
                 Route.of(entry.route), text_of(entry.name), text_of(entry.note), name_of(entry.file),
                 entry.line or None, entry.column or None, bool(entry.flags & _abi.ENTRY_UNINFORMATIVE),
                 bool(entry.flags & _abi.ENTRY_ROUTE_GIVEN), entry.when_count, entry.disposition_id)


def profiles() -> Tuple[str, ...]:
    """The names of the built-in profiles.

    >>> profiles()[:3]
    ('default', 'rfc3398', 'fcc-2026')
    """
    names = (library.sipcause_builtin_name(index) for index in range(library.sipcause_builtin_count()))
    return tuple(str(text_of(name)) for name in names)


def profile_description(profile: str) -> str:
    """One line on what a profile is and where it comes from; KeyError when there is none of that name."""
    text = text_of(library.sipcause_builtin_description(ended(profile)))
    if text is None:
        raise KeyError(profile)
    return text


class Table(Mapping[Code, Entry]):
    """What each code means: a mapping of codes to entries that never changes, which any number of threads may read.

    >>> table = Table.builtin()
    >>> table["q850:34"].outcome
    <Outcome.CONGESTION: 'congestion'>
    >>> table.lookup("carrier:601") is None, "sip:486" in table
    (True, True)
    >>> [str(code) for code in table][:3]
    ['sip:300', 'sip:301', 'sip:302']

    Two tables are equal when they say the same, whatever file and line it is from.
    """

    __slots__ = ("_handle", "_length", "__weakref__")
    _handle: Handle
    _length: Optional[int]

    def __init__(self) -> None:
        raise TypeError("a table is had from Table.builtin, Table.load, Table.loads or Builder.table")

    @classmethod
    def _own(cls, pointer: Any) -> "Table":
        table = cls.__new__(cls)
        table._handle = Handle(pointer, library.sipcause_table_unref)
        table._length = None
        return table

    @classmethod
    def builtin(cls, profile: Optional[str] = None) -> "Table":
        """A built-in profile, "default" unless it is named. KeyError: there is none of that name."""
        pointer = library.sipcause_builtin(ended_or_none(profile))
        if not pointer:
            raise KeyError(f"there is no profile '{profile}'; there are {', '.join(profiles())}")
        return cls._own(pointer)

    @classmethod
    def load(cls, path: Path) -> "Table":
        """Loads a mapping file or a trunk object. MappingError: it is wrong, with the place; FileError, which is a
        FileNotFoundError where it is one: it cannot be read."""
        error, name = _abi.sipcause_error(), ended(os.fsencode(path))
        return cls._own(made(MappingError, library.sipcause_load_file(name, ctypes.byref(error)), error, name))

    @classmethod
    def loads(cls, content: Union[str, BytesLike], name: Optional[str] = None) -> "Table":
        """The same from memory. name: what errors and entries give as the file's name.

        >>> table = Table.loads("{sipcause: 1, name: acme, extends: default, map: {carrier: {601: Busy}}}")
        >>> table.name, table["carrier:601"].disposition
        ('acme', 'Busy')
        """
        error = _abi.sipcause_error()
        with borrowed(octets_of(content) if isinstance(content, str) else content) as (address, length):
            pointer = library.sipcause_load_bytes(address, length, ended_or_none(name), ctypes.byref(error))
        return cls._own(made(MappingError, pointer, error))

    # ---- codes

    def lookup(self, code: Union[Code, str]) -> Optional[Entry]:
        """What the table says of a code by itself; None: not mapped, or under conditions only."""
        code = code_of(code)
        if isinstance(code.value, str):
            word = code.value.encode("ascii")
            return entry_of(library.sipcause_lookup_token(self._handle.pointer, word, len(word)))
        return entry_of(library.sipcause_lookup(self._handle.pointer, code._plain()))

    def __getitem__(self, code: Union[Code, str]) -> Entry:
        entry = self.lookup(code)
        if entry is None:
            raise KeyError(str(code))
        return entry

    def __contains__(self, code: object) -> bool:
        return isinstance(code, (Code, str)) and self.lookup(code) is not None

    def _rows(self) -> Iterator[Tuple[Code, Any]]:
        cursor, code, pointer = _abi.sipcause_cursor(), _abi.sipcause_code(), self._handle.pointer
        while True:
            entry = library.sipcause_table_next(pointer, ctypes.byref(cursor), ctypes.byref(code))
            if not entry:
                return
            found = code_from(code, pointer)
            if found is not None:
                yield found, entry

    def __iter__(self) -> Iterator[Code]:
        """The mapped codes by space, then by value; not those that are mapped under conditions only."""
        return (code for code, _ in self._rows())

    def __len__(self) -> int:
        if self._length is None:
            cursor, pointer, count = _abi.sipcause_cursor(), self._handle.pointer, 0
            while library.sipcause_table_next(pointer, ctypes.byref(cursor), None):
                count += 1
            self._length = count
        return self._length

    def __bool__(self) -> bool:
        return True  # a table without rows is one

    # ---- rows that are no code's

    def class_entry(self, hundreds: int) -> Optional[Entry]:
        """What an unmapped status of a class falls to; hundreds: 3-6."""
        return entry_of(library.sipcause_table_class(self._handle.pointer, number_within(hundreds, 3, 6, "hundreds")))

    @property
    def default(self) -> Optional[Entry]:
        """What everything else falls to."""
        return entry_of(library.sipcause_table_default(self._handle.pointer))

    def no_cause(self, situation: Union[NoCause, str]) -> Optional[Entry]:
        """What a call without usable evidence falls to."""
        return entry_of(library.sipcause_table_no_cause(self._handle.pointer, number_of(NoCause, situation)))

    def local(self, local: Union[Local, str]) -> Optional[Entry]:
        """What a failure of our own side means."""
        return entry_of(library.sipcause_table_local(self._handle.pointer, number_of(Local, local)))

    # ---- what else it says

    @property
    def name(self) -> str:
        """The profile's, or what its mapping file or builder says."""
        return str(text_of(library.sipcause_table_name(self._handle.pointer)))

    @property
    def effective(self) -> Optional[int]:
        """From when on it is in force, in seconds since 1970-01-01T00:00:00Z; None: it does not say."""
        second = int(library.sipcause_table_effective(self._handle.pointer))
        return None if second == _abi.ALWAYS else second

    @property
    def dispositions(self) -> Tuple[str, ...]:
        """Those that its rows may name; disposition_id is a place in it."""
        pointer = self._handle.pointer
        return tuple(str(text_of(library.sipcause_disposition_name(pointer, index)))
                     for index in range(library.sipcause_disposition_count(pointer)))

    @property
    def cause_headers(self) -> Tuple[CauseHeader, ...]:
        """Where the carrier puts its own code, best first."""
        pointer, header, headers = self._handle.pointer, _abi.sipcause_cause_header(), []
        for index in range(library.sipcause_cause_header_count(pointer)):
            library.sipcause_cause_header_at(pointer, index, ctypes.byref(header))
            headers.append(CauseHeader(str(text_of(header.name)), text_of(header.parameter), Space.of(header.space),
                                       bool(header.uri_parameter)))
        return tuple(headers)

    @property
    def precedence(self) -> Tuple[Space, ...]:
        """The order in which code spaces are asked."""
        pointer = self._handle.pointer
        return tuple(Space.of(library.sipcause_precedence_at(pointer, index))
                     for index in range(library.sipcause_precedence_count(pointer)))

    def ignores_reason(self, status: int) -> bool:
        """Whether the Reason headers of responses with this status are passed over."""
        return bool(library.sipcause_table_ignores_reason(self._handle.pointer,
                                                          number_within(status, 100, 699, "status")))

    def severity(self, rule: Union[Rule, str]) -> Severity:
        """The severity that the table's author gave a rule, else its own."""
        return Severity.of(library.sipcause_table_severity(self._handle.pointer, number_of(Rule, rule)))

    def yaml(self) -> str:
        """The whole table, with all that it inherits, as a mapping file that loads to an equal table.

        >>> table = Table.builtin("fcc-2026")
        >>> Table.loads(table.yaml()) == table
        True
        """
        pointer = self._handle.pointer
        text = written(lambda buffer, size: library.sipcause_table_yaml(pointer, buffer, size), 1 << 16)
        if not text:
            raise ValueError("no mapping file can say what this table says: a text is empty or no UTF-8, or its date "
                             "is outside the years 1 to 9999")
        return text.decode("utf-8")

    # ---- as any object

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return bool(library.sipcause_table_equal(self._handle.pointer, other._handle.pointer))

    def __hash__(self) -> int:
        return hash((self.name, self.effective))

    def __copy__(self) -> "Table":
        return self  # it never changes

    def __deepcopy__(self, memo: object) -> "Table":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("a Table cannot be pickled: pass its path, or table.yaml()")

    def __sizeof__(self) -> int:
        return object.__sizeof__(self) + int(library.sipcause_table_bytes(self._handle.pointer))

    def __repr__(self) -> str:
        return f"<sipcause.Table {self.name!r} with {len(self)} codes>"


def table_pointer(table: Optional[Table]) -> Any:
    """None: the profile "default"."""
    if table is None:
        return None
    if not isinstance(table, Table):
        raise TypeError(f"a Table is wanted, not {table!r}")
    return table._handle.pointer


def rule_severity(rule: Union[Rule, str]) -> Severity:
    """The severity that a rule has unless something says otherwise."""
    return Severity.of(library.sipcause_rule_severity(number_of(Rule, rule)))


def location_meaning(location: Union[Location, str]) -> Optional[str]:
    """What a cause location means, in words: "transit network".

    >>> location_meaning("TN")
    'transit network'
    """
    return text_of(library.sipcause_location_meaning(number_of(Location, location)))
