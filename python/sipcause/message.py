"""SIP messages: which call one belongs to, and its headers (RFC 3261 section 7).

SPDX-License-Identifier: MIT
"""
import ctypes
from typing import List, NamedTuple, Optional, Tuple

from . import _abi
from ._library import library
from ._memory import BytesLike, borrowed, slice_of, text_of


class Message(NamedTuple):
    """The parts of a SIP message that tell which call it belongs to; what it lacks is None.

    >>> message = Message.parse(b"BYE sip:b@example.net SIP/2.0\\r\\ni: 7@example.com\\r\\nCSeq: 2 BYE\\r\\n\\r\\n")
    >>> message.method, message.status, message.call_id, message.cseq
    ('BYE', None, '7@example.com', 2)
    """

    method: Optional[str]  # None in a response
    status: Optional[int]  # None in a request; over 699 are none of SIP's
    phrase: Optional[str]
    call_id: Optional[str]
    cseq: Optional[int]
    cseq_method: Optional[str]
    from_tag: Optional[str]
    to_tag: Optional[str]
    branch: Optional[str]  # the topmost Via's
    content_type: Optional[str]
    content_length: Optional[int]  # as sent
    header_length: int  # bytes up to and with the empty line; all of them when that is missing
    complete: bool  # the empty line was there

    @classmethod
    def parse(cls, data: BytesLike) -> Optional["Message"]:
        """Reads the start line and the headers, without a copy; None: no SIP start line."""
        parts = _abi.sipcause_message()
        with borrowed(data) as (address, length):
            if not library.sipcause_message_parse(address, length, ctypes.byref(parts)):
                return None
            method, phrase, call_id, cseq_method, from_tag, to_tag, branch, content_type = (
                text_of(slice_of(part)) or None
                for part in (parts.method, parts.phrase, parts.call_id, parts.cseq_method, parts.from_tag,
                             parts.to_tag, parts.branch, parts.content_type))
        return cls(method, parts.status or None, phrase, call_id, parts.cseq or None, cseq_method, from_tag, to_tag,
                   branch, content_type, parts.content_length if parts.has_content_length else None,
                   parts.header_length, bool(parts.complete))


def headers(data: BytesLike) -> List[Tuple[str, str]]:
    """The headers of a message, names as sent, values without the blanks around them.

    >>> headers(b"SIP/2.0 486 Busy Here\\r\\nReason: Q.850;cause=17\\r\\n\\r\\n")
    [('Reason', 'Q.850;cause=17')]
    """
    position, name, value, found = ctypes.c_size_t(0), _abi.sipcause_slice(), _abi.sipcause_slice(), []
    with borrowed(data) as (address, length):
        while library.sipcause_message_header(address, length, ctypes.byref(position), ctypes.byref(name),
                                              ctypes.byref(value)):
            found.append((text_of(slice_of(name)) or "", text_of(slice_of(value)) or ""))
    return found
