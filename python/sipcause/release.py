"""Releases: the evidence of one call, and the verdict on it.

SPDX-License-Identifier: MIT
"""
from typing import Any, Iterable, Iterator, Mapping, Optional, Tuple, TypeVar, Union

from ._library import library
from ._memory import BytesLike, Handle, Owned, Text, borrowed, number_within, octets_of, pair_of
from ._words import ErrorCode, Local, Side
from .error import MisuseError, check
from .table import Table, table_pointer
from .verdict import Explanation, Verdict, steps_of, verdict_of
from .word import number_of

K = TypeVar("K")


class Release(Owned):
    """A workspace for the evidence of one call, to be used call after call.

    >>> with Release() as release:
    ...     release.request("INVITE", side="caller")
    ...     release.response(503, "Service Unavailable")
    ...     release.header("Reason", "Q.850;cause=34")
    ...     print(release.decide())
    ...     release.reset()
    <sipcause.Verdict 'Network Error' congestion/network/next decided by q850:34>

    Any thread may use it, one at a time; others wait.
    """

    def __init__(self, table: Optional[Table] = None) -> None:
        self._handle = Handle(library.sipcause_release_new(table_pointer(table)), library.sipcause_release_free)
        self._table = table

    @property
    def table(self) -> Table:
        """What its verdicts are made by."""
        return Table.builtin() if self._table is None else self._table

    def _told(self, result: int) -> None:
        check(MisuseError, result)

    # ---- evidence

    def message(self, data: BytesLike) -> bool:
        """Adds a whole SIP message of the call, in the order of the wire. It is not copied, but for what is needed.
        False: it has no SIP start line, and was passed over.

        >>> with Release() as release:
        ...     release.message(b"SIP/2.0 404 x\\r\\nCSeq: 1 INVITE\\r\\n\\r\\n"), release.message(b"\\r\\n\\r\\n")
        (True, False)
        """
        with borrowed(data) as (address, length), self._held() as pointer:
            result = library.sipcause_release_message(pointer, address, length)
        if result == ErrorCode.VALUE.number:
            return False
        self._told(result)
        return True

    def request(self, method: Text, side: Union[Side, str] = Side.UNKNOWN, to_tag: Optional[Text] = None,
                cseq: int = 0) -> None:
        """Opens a request, for stacks that have parsed already. side: who sent it; cseq 0: not known."""
        name, number, tag = octets_of(method), number_of(Side, side), pair_of(to_tag)
        cseq = number_within(cseq, 0, 0xFFFFFFFF, "cseq")
        with self._held() as pointer:
            result = library.sipcause_release_request(pointer, name, len(name), number, *tag, cseq)
        self._told(result)

    def response(self, status: int, phrase: Optional[Text] = None, cseq_method: Optional[Text] = None,
                 to_tag: Optional[Text] = None, cseq: int = 0) -> None:
        """Opens a response; cseq_method None: to the INVITE. The phrase is needed to tell 603+ from 603."""
        texts = (*pair_of(phrase), *pair_of(cseq_method), *pair_of(to_tag))
        status = number_within(status, 0, 0xFFFFFFFF, "status")
        cseq = number_within(cseq, 0, 0xFFFFFFFF, "cseq")
        with self._held() as pointer:
            result = library.sipcause_release_response(pointer, status, *texts, cseq)
        self._told(result)

    def header(self, name: Text, value: Text) -> None:
        """Adds a header to the message opened last; those that are no evidence are passed over."""
        texts = (*pair_of(name), *pair_of(value))
        with self._held() as pointer:
            result = library.sipcause_release_header(pointer, *texts)
        self._told(result)

    def body(self, content_type: Optional[Text], data: BytesLike) -> None:
        """Adds the body of the message opened last, or one part of it; a REL in it is evidence."""
        kind = pair_of(content_type)
        with borrowed(data) as (address, length), self._held() as pointer:
            result = library.sipcause_release_body(pointer, *kind, address, length)
        self._told(result)

    def isup(self, octets: BytesLike) -> None:
        """Adds the cause indicators of a REL, without the parameter's code and length octets."""
        with borrowed(octets) as (address, length), self._held() as pointer:
            result = library.sipcause_release_isup(pointer, address, length)
        self._told(result)

    def local(self, local: Union[Local, str]) -> None:
        """Says that the call failed on our own side."""
        number = number_of(Local, local)
        with self._held() as pointer:
            result = library.sipcause_release_local(pointer, number)
        self._told(result)

    # ---- what comes of it

    def decide(self) -> Verdict:
        """The verdict; the evidence may grow afterwards and be decided again."""
        with self._held() as pointer:
            return verdict_of(library.sipcause_decide(pointer), pointer, table_pointer(self._table))

    def explain(self) -> Explanation:
        """The same verdict, with each step that led to it.

        >>> with Release() as release:
        ...     release.response(486, "Busy Here")
        ...     for step in release.explain().steps:
        ...         print(step.number, step.fate, step.code, step.sentence)
        0 none None the call was not answered: the final response 486 Busy Here decides
        1 decides sip:486 the first that tells something, asked in the order carrier, q850, sip
        9 none None the row's route is stop and stands
        """
        with self._held() as pointer:
            table = table_pointer(self._table)
            verdict = verdict_of(library.sipcause_explain(pointer), pointer, table)
            return Explanation(verdict, steps_of(pointer, table))

    def reset(self) -> None:
        """Forgets the call and keeps the memory and the table."""
        with self._held() as pointer:
            library.sipcause_release_reset(pointer)

    def reuse(self, table: Optional[Table] = None) -> None:
        """Forgets the call, and goes on with another table; None: "default"."""
        taken = table_pointer(table)
        with self._held() as pointer:
            library.sipcause_release_table(pointer, taken)
            self._table = table

    def __repr__(self) -> str:
        name = "default" if self._table is None else self._table.name
        return f"<sipcause.Release by {name!r}{', closed' if self.closed else ''}>"


def _add(release: Release, messages: Iterable[BytesLike]) -> None:
    if isinstance(messages, (str, bytes, bytearray, memoryview)):
        raise TypeError("the messages of one call are wanted, one by one: [message], not message")
    for message in messages:
        release.message(message)


def classify(messages: Iterable[BytesLike], table: Optional[Table] = None) -> Verdict:
    """The verdict on one call. messages: all of it, in the order of the wire, each as bytes or a buffer of them (a
    memoryview of a mapped file, say), none of which is copied; what is no SIP message is passed over. table: None:
    the profile "default".

    >>> invite = b"INVITE sip:b@example.net SIP/2.0\\r\\nCall-ID: 1\\r\\nCSeq: 1 INVITE\\r\\n\\r\\n"
    >>> answer = b"SIP/2.0 503 Service Unavailable\\r\\nCSeq: 1 INVITE\\r\\nReason: Q.850;cause=34\\r\\n\\r\\n"
    >>> classify([invite, memoryview(answer)])
    <sipcause.Verdict 'Network Error' congestion/network/next decided by q850:34>
    """
    with Release(table) as release:
        _add(release, messages)
        return release.decide()


def classify_calls(calls: Union[Mapping[K, Iterable[BytesLike]], Iterable[Tuple[K, Iterable[BytesLike]]]],
                   table: Optional[Table] = None) -> Iterator[Tuple[K, Verdict]]:
    """The verdicts on many calls, one after the other: calls is a mapping of names to their messages, or pairs of them.

    >>> [(name, verdict.disposition) for name, verdict in classify_calls({
    ...     "a": [b"SIP/2.0 486 Busy Here\\r\\nCSeq: 1 INVITE\\r\\n\\r\\n"],
    ...     "b": [b"SIP/2.0 404 Not Found\\r\\nCSeq: 1 INVITE\\r\\n\\r\\n"]})]
    [('a', 'Busy'), ('b', 'Invalid Number')]
    """
    pairs: Any = calls.items() if isinstance(calls, Mapping) else calls
    with Release(table) as release:
        for name, messages in pairs:
            _add(release, messages)
            yield name, release.decide()
            release.reset()
