"""Comparing: what two tables say differently.

SPDX-License-Identifier: MIT
"""
from typing import Any, NamedTuple, Optional, Tuple

from ._library import library
from ._memory import Handle, items_of, name_of, text_of
from ._words import DifferenceKind
from .code import Code, code_from
from .table import Table, table_pointer


class Said(NamedTuple):
    """What one table says, as a mapping file would, in one line."""

    text: str
    file: Optional[str]
    line: Optional[int]
    column: Optional[int]


class Difference(NamedTuple):
    """One difference. key: where a mapping file says it, "map.sip.480"; a, b: None where a table says nothing."""

    kind: DifferenceKind
    key: str
    a: Optional[Said]
    b: Optional[Said]
    code_text: Optional[str]  # the code that it is about: "sip:480", "sip:5xx", "default"
    code: Optional[Code]  # the same, where it is a code outside its table too


def _said(said: Any) -> Optional[Said]:
    text = text_of(said.text)
    return None if text is None else Said(text, name_of(said.file), said.line or None, said.column or None)


def compare(a: Optional[Table], b: Optional[Table]) -> Tuple[Difference, ...]:
    """What two tables say differently, in the order of a mapping file; nothing exactly where they are equal. None: the
    profile "default".

    >>> table = Table.loads("{sipcause: 1, extends: default, map: {sip: {480: Busy}}}", "a.yaml")
    >>> [(difference.key, difference.b.file, difference.b.line) for difference in compare(None, table)
    ...  if difference.kind is DifferenceKind.ROW]
    [('map.sip.480', 'a.yaml', 1)]
    """
    comparison = Handle(library.sipcause_compare(table_pointer(a), table_pointer(b)), library.sipcause_comparison_free)
    found = items_of(library.sipcause_difference_count, library.sipcause_difference_at, comparison.pointer)
    return tuple(Difference(DifferenceKind.of(difference.kind), str(text_of(difference.key)), _said(difference.a),
                            _said(difference.b), text_of(difference.code_text), code_from(difference.code, None))
                 for difference in found)
