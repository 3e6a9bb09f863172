"""Gateways: from SIP to ISUP and back, 603+ answers, and cause indicators as octets.

SPDX-License-Identifier: MIT
"""
import ctypes
from typing import Any, NamedTuple, Optional, Union

from . import _abi
from ._library import library
from ._memory import BytesLike, borrowed, ended_or_none, number_within, text_of
from ._words import Coding, Location, Space
from .code import Code, code_of
from .error import IsupError, NoticeError, TranslationError, check
from .release import Release
from .table import Table, table_pointer
from .word import number_of

_ReasonRoom = ctypes.c_char * 2048  # which always suffices
_IsupRoom = ctypes.c_char * 64


class Isup(NamedTuple):
    """ISUP cause indicators (ITU-T Q.763 clause 3.12).

    >>> Isup.decode(bytes.fromhex("8a91"))
    Isup(cause=17, location=<Location.BI: 'BI'>, coding=<Coding.ITU_T: 'itu-t'>, recommendation=None, diagnostic=b'')
    >>> Isup(34, "TN").encode().hex()
    '83a2'
    """

    cause: int  # 1-127; 0: none
    location: Union[Location, str] = Location.U
    coding: Union[Coding, str] = Coding.ITU_T
    recommendation: Optional[int] = None  # the seven bits of octet 1a; None: it is absent
    diagnostic: bytes = b""  # at most 32 octets

    @classmethod
    def decode(cls, octets: BytesLike) -> "Isup":
        """Reads cause indicators as they stand in a REL, without the parameter's code and length octets."""
        return cls._read(library.sipcause_isup_decode, octets, "these octets are no cause indicators")

    @classmethod
    def message(cls, octets: BytesLike) -> "Isup":
        """Reads the cause indicators of a REL out of a whole ISUP message, as an application/isup body carries it."""
        return cls._read(library.sipcause_isup_message, octets, "no REL, or its cause indicators cannot be read")

    @classmethod
    def _read(cls, function: Any, octets: BytesLike, sentence: str) -> "Isup":
        isup = _abi.sipcause_isup()
        with borrowed(octets) as (address, length):
            result = function(address, length, ctypes.byref(isup))
        check(IsupError, result, None, sentence)
        return isup_of(isup)

    def encode(self) -> bytes:
        """The octets; IsupError: the cause is not 1-127, or the diagnostics are too long."""
        buffer = _IsupRoom()
        result = library.sipcause_isup_encode(ctypes.byref(isup_to(self)), buffer, len(buffer))
        check(IsupError, result, None, "a number of these cause indicators is out of its range")
        return buffer.raw[:result]

    @property
    def code(self) -> Optional[Code]:
        """The cause as a code; None: there is none, or it is not ITU-T's."""
        return Code.q850(self.cause) if self.cause and self.coding == Coding.ITU_T else None


def isup_of(isup: Any) -> Isup:
    return Isup(isup.cause, Location.of(isup.location), Coding.of(isup.coding),
                isup.recommendation if isup.has_recommendation else None,
                bytes(isup.diagnostic[:isup.diagnostic_length]))


def isup_to(isup: Isup) -> Any:
    made = _abi.sipcause_isup()
    made.cause = number_within(isup.cause, 0, 255, "cause")
    made.location = number_of(Location, isup.location)
    made.coding = number_of(Coding, isup.coding)
    made.has_recommendation = isup.recommendation is not None
    made.recommendation = number_within(isup.recommendation or 0, 0, 255, "recommendation")
    made.diagnostic_length = number_within(len(isup.diagnostic), 0, 32, "octets of diagnostics")
    made.diagnostic[:len(isup.diagnostic)] = list(isup.diagnostic)
    return made


class Notice(NamedTuple):
    """A redress contact for a 603+ answer (ATIS-1000099): at least one of url, tel and email."""

    url: Optional[str] = None
    tel: Optional[str] = None
    email: Optional[str] = None
    id: Optional[str] = None
    location: Union[Location, str, None] = None  # LN, TN, LPN, RLN or RPN

    def check(self) -> None:
        """NoticeError: it may not stand in a 603+ answer. For when a configuration is read.

        >>> Notice(tel="12125550100").check()
        Traceback (most recent call last):
            ...
        sipcause.error.NoticeError: error: the tel ... [notice]
        """
        error = _abi.sipcause_error()
        check(NoticeError, library.sipcause_notice_check(ctypes.byref(notice_to(self)), ctypes.byref(error)), error)


def notice_to(notice: Notice) -> Any:
    made = _abi.sipcause_notice(*(ended_or_none(text) for text in notice[:4]))
    made.location = _abi.LOCATION_NONE if notice.location is None else number_of(Location, notice.location)
    return made


class Response(NamedTuple):
    """A SIP response to send."""

    status: Optional[int]  # None: no response is to be sent
    phrase: Optional[str]
    reason: Optional[str]  # the Reason header's value


def _response_of(response: Any) -> Response:
    return Response(response.status or None, text_of(response.phrase), text_of(response.reason))


def notice_response(notice: Notice) -> Response:
    """Composes a whole 603+ answer.

    >>> notice_response(Notice(url="https://redress.example/", location="TN"))
    Response(status=603, phrase='Network Blocked', reason='SIP;cause=603;text="v=analytics1;\
url=https://redress.example/";location=TN')
    """
    response, error = _abi.sipcause_response(), _abi.sipcause_error()
    buffer = _ReasonRoom()
    result = library.sipcause_notice_response(ctypes.byref(notice_to(notice)), buffer, len(buffer),
                                              ctypes.byref(response), ctypes.byref(error))
    check(NoticeError, result, error)
    return _response_of(response)


def to_isup(evidence: Union[Release, Code, str], table: Optional[Table] = None) -> Optional[Isup]:
    """SIP to ISUP: what to put into the REL; None: none is to be sent. evidence: a release, with whose table it is
    translated; or a status, that a call ended with and nothing else.

    >>> to_isup("sip:486")
    Isup(cause=17, location=<Location.BI: 'BI'>, coding=<Coding.ITU_T: 'itu-t'>, recommendation=None, diagnostic=b'')

    TranslationError: there is nothing to translate, or the table has no rule for it.
    """
    if isinstance(evidence, Release):
        if table is not None:
            raise TypeError("a release is translated with its own table")
        return _release_to_isup(evidence)
    code = code_of(evidence)
    if code.space is not Space.SIP:
        raise ValueError(f"{code} is no SIP status code")
    with Release(table) as release:
        release.request("INVITE", "caller", cseq=1)
        release.response(int(code.value), code.name, to_tag="a", cseq=1)
        return _release_to_isup(release)


def _release_to_isup(release: Release) -> Optional[Isup]:
    isup = _abi.sipcause_isup()
    with release._held() as pointer:
        result = library.sipcause_to_isup(pointer, ctypes.byref(isup))
    check(TranslationError, result, None, "the call has nothing to translate, or its table no rule for it")
    return isup_of(isup) if isup.cause else None


def to_sip(isup: Union[Isup, Code, str], table: Optional[Table] = None, redress: Optional[Notice] = None) -> Response:
    """ISUP to SIP: what to answer to the INVITE. isup: cause indicators, or a Q.850 cause whose location is U. redress:
    where the table allows it, turns cause 21 with location U into a 603+ answer.

    >>> to_sip(Isup(34, "LN"))
    Response(status=503, phrase='Service Unavailable', reason='Q.850;cause=34;text="No circuit/channel available";\
location=LN')
    """
    if not isinstance(isup, Isup):
        code = code_of(isup)
        if code.space is not Space.Q850:
            raise ValueError(f"{code} is no Q.850 cause value")
        isup = Isup(int(code.value))
    response, buffer = _abi.sipcause_response(), _ReasonRoom()
    contact = None if redress is None else ctypes.byref(notice_to(redress))
    result = library.sipcause_to_sip(table_pointer(table), ctypes.byref(isup_to(isup)), contact, buffer, len(buffer),
                                     ctypes.byref(response))
    check(TranslationError, result, None, f"no answer to cause {isup.cause}, location {isup.location}")
    return _response_of(response)
