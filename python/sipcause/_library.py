"""Finds the shared library, and makes sure that it is the one that this package was made for.

SPDX-License-Identifier: MIT
"""
import ctypes
import os
import sys
from typing import List, NamedTuple, Tuple

from . import _abi

ABI = 0  # the number in the soname
FILE_NAME = f"libsipcause.{ABI}.dylib" if sys.platform == "darwin" else f"libsipcause.so.{ABI}"
PACKAGE_VERSION = (_abi.VERSION_MAJOR, _abi.VERSION_MINOR, _abi.VERSION_PATCH)
MINIMUM = PACKAGE_VERSION[0] * 10000 + PACKAGE_VERSION[1] * 100 + PACKAGE_VERSION[2]


class LibraryError(ImportError):
    """The shared library cannot be found, or is not one that this package can use."""


class Place(NamedTuple):
    """Where the library is looked for."""

    what: str
    name: str


def places() -> List[Place]:
    """In this order; where SIPCAUSE_LIBRARY is set, nowhere else."""
    explicit = os.environ.get("SIPCAUSE_LIBRARY")
    if explicit:
        return [Place("the path in SIPCAUSE_LIBRARY", os.path.abspath(explicit))]
    carried = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_lib", FILE_NAME)
    return [Place("the library that a wheel carries", carried), Place("the system's library", FILE_NAME)]


def open_library() -> Tuple[ctypes.CDLL, Place]:
    tried = []
    for place in places():
        if os.path.isabs(place.name) and not os.path.exists(place.name):
            tried.append(f"{place.what}, {place.name}: there is no such file")
            continue
        try:
            return ctypes.CDLL(place.name), place
        except OSError as error:
            tried.append(f"{place.what}, {place.name}: {error}")
            if os.path.isabs(place.name):  # it is there and broken: another would only hide that
                break
    raise LibraryError("libsipcause cannot be loaded. Looked for:\n  " + "\n  ".join(tried) +
                       "\nInstall the library, or set SIPCAUSE_LIBRARY to its path.")


def declare(opened: ctypes.CDLL, place: Place) -> None:
    """Gives every function its types."""
    for name, (result, parameters) in _abi.PROTOTYPES.items():
        try:
            function = getattr(opened, name)
        except AttributeError:
            raise LibraryError(f"{place.name} ({place.what}) has no function {name}: it is no libsipcause, or one that "
                               f"is older than {version_text(MINIMUM)}, for which this package was made") from None
        function.restype = result
        function.argtypes = parameters


def version_text(number: int) -> str:
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def check_version(opened: ctypes.CDLL, place: Place) -> None:
    """A newer library of the same ABI will do: it only has more."""
    try:
        number_of = opened.sipcause_version_number
    except AttributeError:
        raise LibraryError(f"{place.name} ({place.what}) has no function sipcause_version_number: it is no "
                           "libsipcause") from None
    number_of.restype, number_of.argtypes = _abi.PROTOTYPES["sipcause_version_number"]
    number = number_of()
    if number < MINIMUM:
        raise LibraryError(f"{place.name} ({place.what}) is libsipcause {version_text(number)}; this package needs "
                           f"{version_text(MINIMUM)} or newer")


def check_size(place: Place, what: ctypes.Structure, is_there: int) -> None:
    """What the library hands out says how long it is, and may only have grown."""
    wanted = ctypes.sizeof(type(what))
    if is_there < wanted:
        raise LibraryError(f"{place.name} ({place.what}) has a {type(what).__name__} of {is_there} bytes; this package "
                           f"needs at least {wanted}: they are of different versions")


def check_structures(opened: ctypes.CDLL, place: Place) -> None:
    table = opened.sipcause_builtin(None)
    if not table:
        raise LibraryError(f"{place.name} ({place.what}) has no profile \"default\"")
    entry = opened.sipcause_table_default(table)
    check_size(place, entry.contents, entry.contents.size)
    release = opened.sipcause_release_new(table)
    if not release:
        raise MemoryError("no memory for a release")
    try:
        verdict = opened.sipcause_explain(release)
        if not verdict:
            raise MemoryError("no memory for a verdict")
        check_size(place, verdict.contents, verdict.contents.size)
        step = opened.sipcause_step_at(release, 0)
        check_size(place, step.contents, step.contents.size)
    finally:
        opened.sipcause_release_free(release)


def load() -> ctypes.CDLL:
    opened, place = open_library()
    check_version(opened, place)
    declare(opened, place)
    check_structures(opened, place)
    return opened


library = load()
