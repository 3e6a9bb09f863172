"""What goes wrong, and where.

SPDX-License-Identifier: MIT
"""
import ctypes
import os
from typing import Any, Dict, NamedTuple, Optional, Type, TypeVar

from ._abi import sipcause_error
from ._library import LibraryError, library
from ._memory import name_of, text_of, written
from ._words import ErrorCode

__all__ = ["CodeError", "Details", "FileError", "IsupError", "LibraryError", "MappingError", "MisuseError",
           "NoticeError", "ReasonError", "SipcauseError", "SurveyError", "TranslationError"]
F = TypeVar("F", bound="FileError")


class Details(NamedTuple):
    """One error. Lines and columns count from 1, columns and the offset in bytes; None: there is no such place."""

    code: ErrorCode
    message: str  # one sentence
    text: str  # all of it, as the command writes it
    line: Optional[int] = None
    column: Optional[int] = None
    second_line: Optional[int] = None
    second_column: Optional[int] = None
    offset: int = 0
    source: Optional[str] = None
    suggestion: Optional[str] = None


class SipcauseError(Exception):
    """Whatever the library refuses.

    >>> import sipcause
    >>> try:
    ...     sipcause.Table.loads(b"sipcause: 1\\nmap:\\n  sip: {486: Bussy}\\n", "acme.yaml")
    ... except sipcause.SipcauseError as error:
    ...     print(error.source, error.line, error.column, error.code, error.suggestion)
    acme.yaml 3 14 unknown-disposition Busy

    It has the fields of Details.
    """

    def __init__(self, details: Details) -> None:
        super().__init__(details)
        self.details = details
        self.code = details.code
        self.message = details.message
        self.line = details.line
        self.column = details.column
        self.second_line = details.second_line
        self.second_column = details.second_column
        self.offset = details.offset
        self.source = details.source
        self.suggestion = details.suggestion

    def __str__(self) -> str:
        return self.details.text


class MappingError(SipcauseError, ValueError):
    """A mapping file, or what was told to a builder, is wrong."""


class CodeError(SipcauseError, ValueError):
    """A text is no code."""


class ReasonError(SipcauseError, ValueError):
    """A Reason header deviates from its standard, and was asked to be strict."""


class NoticeError(SipcauseError, ValueError):
    """A redress contact may not stand in a 603+ answer."""


class IsupError(SipcauseError, ValueError):
    """Octets are no cause indicators, or cause indicators cannot be written."""


class TranslationError(SipcauseError, ValueError):
    """There is nothing to translate, or no rule for it."""


class SurveyError(SipcauseError, ValueError):
    """A text is no survey that can be loaded."""


class MisuseError(SipcauseError, ValueError):
    """An argument that no caller should pass."""


class FileError(SipcauseError, OSError):
    """A file cannot be opened or read. Where the system tells why it is a FileNotFoundError, a PermissionError or an
    IsADirectoryError as well. Of a file that another one extends, filename and line are those of the other."""

    def because(self: F, reason: Optional[OSError], filename: Optional[str]) -> F:
        if reason is not None:
            self.errno, self.strerror = reason.errno, reason.strerror
        self.filename = filename
        return self

    def __reduce__(self) -> Any:
        reason = None if self.errno is None else OSError(self.errno, self.strerror)
        return _again, (type(self), self.details, reason, self.filename)


def _again(kind: Type[FileError], details: Details, reason: Optional[OSError], filename: Optional[str]) -> FileError:
    return kind(details).because(reason, filename)


class _MissingFile(FileError, FileNotFoundError):
    pass


class _ForbiddenFile(FileError, PermissionError):
    pass


class _Folder(FileError, IsADirectoryError):
    pass


_FILES: Dict[type, Type[FileError]] = {
    FileNotFoundError: _MissingFile, PermissionError: _ForbiddenFile, IsADirectoryError: _Folder}
for _class in _FILES.values():
    _class.__doc__ = FileError.__doc__


def details_of(error: sipcause_error) -> Details:
    text = written(lambda buffer, size: library.sipcause_error_format(ctypes.byref(error), buffer, size))
    return Details(ErrorCode.of(error.code), str(text_of(error.text)), str(text_of(text)), error.line or None,
                   error.column or None, error.second_line or None, error.second_column or None, error.offset,
                   name_of(error.source), text_of(error.suggestion) or None)


def system_reason(name: bytes) -> Optional[OSError]:
    """Why the system lets nobody read a file; None: it does."""
    try:
        opened = os.open(name, os.O_RDONLY | os.O_NONBLOCK)
        try:
            os.read(opened, 1)
        finally:
            os.close(opened)
    except OSError as error:
        return OSError(error.errno, error.strerror)  # without the frames that the caught one holds
    return None


def file_error(details: Details, path: Optional[bytes]) -> FileError:
    """The library says that a file cannot be read; the system is asked why. Where a line is told, it is another file,
    which that line extends."""
    if path is None or details.line is not None:
        return FileError(details).because(None, details.source)
    reason = system_reason(path)
    return _FILES.get(type(reason), FileError)(details).because(reason, os.fsdecode(path))


def error_for(kind: Type[SipcauseError], details: Details, path: Optional[bytes] = None) -> Exception:
    if details.code is ErrorCode.MEMORY:
        return MemoryError("libsipcause found no memory")
    if details.code is ErrorCode.FILE:
        return file_error(details, path)
    return MisuseError(details) if details.code is ErrorCode.MISUSE else kind(details)


def check(kind: Type[SipcauseError], result: int, error: Optional[sipcause_error] = None,
          sentence: Optional[str] = None, path: Optional[bytes] = None) -> None:
    """Raises what a function returned: with its error, or a sentence where it has none."""
    if result >= 0:
        return
    if error is not None and error.code != 0:
        raise error_for(kind, details_of(error), path)
    code = ErrorCode.of(result)
    message = sentence or code.meaning
    raise error_for(kind, Details(code, message, f"{message} [{code}]"), path)


def made(kind: Type[SipcauseError], pointer: Any, error: sipcause_error, path: Optional[bytes] = None) -> Any:
    """The pointer, or the error for which it is NULL."""
    if not pointer:
        raise error_for(kind, details_of(error), path)
    return pointer
