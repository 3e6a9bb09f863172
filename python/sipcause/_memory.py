"""What passes between Python's memory and the library's: texts, borrowed buffers, objects that must be freed.

SPDX-License-Identifier: MIT
"""
import ctypes
import functools
import operator
import os
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, List, Optional, Tuple, Type, TypeVar, Union

if TYPE_CHECKING:
    from array import array
    from mmap import mmap

    BytesLike = Union[bytes, bytearray, memoryview, mmap, "array[int]"]
else:
    BytesLike = Any
Text = Union[str, BytesLike]
O = TypeVar("O", bound="Owned")


# ---- texts ---------------------------------------------------------------------------------------


def text_of(sent: Optional[bytes]) -> Optional[str]:
    """A text of the library's. What is no UTF-8 is shown as U+FFFD, as the command's JSON shows it."""
    return None if sent is None else sent.decode("utf-8", "replace")


def name_of(file: Optional[bytes]) -> Optional[str]:
    """A file's name, with which it can be opened again; None for one that was not given."""
    return os.fsdecode(file) if file else None


def slice_of(stretch: Any) -> Optional[bytes]:
    """The bytes of a sipcause_slice; None: there is none."""
    return ctypes.string_at(stretch.text, stretch.length) if stretch.text else None


def octets_of(text: Text) -> bytes:
    """A text for the wire, whose length the library is told."""
    if isinstance(text, bytes):
        return text
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else bytes(memoryview(text))


def pair_of(text: Optional[Text]) -> Tuple[Optional[bytes], int]:
    """A text that may be absent, and its length."""
    if text is None:
        return None, 0
    octets = octets_of(text)
    return octets, len(octets)


def ended(text: Union[str, bytes]) -> bytes:
    """A text that ends at its NUL; one within it would cut it."""
    octets = octets_of(text)
    if b"\0" in octets:
        raise ValueError(f"a NUL in {text!r}")
    return octets


def ended_or_none(text: Optional[str]) -> Optional[bytes]:
    return None if text is None else ended(text)


def written(write: Callable[[Any, int], Any], room: int = 512) -> bytes:
    """What a function writes that answers as snprintf does."""
    # Not create_string_buffer: it makes a type for each length, which only the garbage collector takes away again.
    buffer = bytearray(room)
    length = write(ctypes.byref(ctypes.c_char.from_buffer(buffer)), room)
    if length >= room:
        buffer = bytearray(length + 1)
        length = write(ctypes.byref(ctypes.c_char.from_buffer(buffer)), length + 1)
    return bytes(buffer[:length])


@functools.lru_cache(maxsize=256)
def array_type(kind: Any, length: int) -> Any:
    """kind * length, kept: each is a type."""
    return kind * length


def number_within(number: int, low: int, high: int, what: str) -> int:
    """ctypes would cut what does not fit."""
    number = operator.index(number)
    if not low <= number <= high:
        raise ValueError(f"{what}: {number} is not in {low}-{high}")
    return number


# ---- borrowed buffers ----------------------------------------------------------------------------


class _Buffer(ctypes.Structure):
    """Py_buffer, of CPython's buffer protocol; the same since 3.0, and in its stable ABI since 3.11."""

    _fields_ = [("buf", ctypes.c_void_p), ("obj", ctypes.c_void_p), ("len", ctypes.c_ssize_t),
                ("itemsize", ctypes.c_ssize_t), ("readonly", ctypes.c_int), ("ndim", ctypes.c_int),
                ("format", ctypes.c_void_p), ("shape", ctypes.c_void_p), ("strides", ctypes.c_void_p),
                ("suboffsets", ctypes.c_void_p), ("internal", ctypes.c_void_p)]


_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = (ctypes.py_object, ctypes.POINTER(_Buffer), ctypes.c_int)
_get_buffer.restype = ctypes.c_int
_release_buffer = ctypes.pythonapi.PyBuffer_Release
_release_buffer.argtypes = (ctypes.POINTER(_Buffer),)
_release_buffer.restype = None


class borrowed:
    """The address and the length of bytes that somebody else owns, without a copy; while it is entered they can neither
    move nor be freed. ctypes gives the address of writable buffers only, so the buffer protocol is asked itself."""

    __slots__ = ("_data", "_view")

    def __init__(self, data: BytesLike) -> None:
        if isinstance(data, str):
            raise TypeError("bytes are wanted, or a buffer of them, not str: who knows how it was sent encodes a text")
        self._data = data
        self._view: Optional[_Buffer] = None

    def __enter__(self) -> Tuple[Any, int]:
        data = self._data
        if isinstance(data, bytes):
            return data, len(data)  # ctypes passes the address of its content
        view = _Buffer()
        _get_buffer(data, ctypes.byref(view), 0)  # 0: contiguous bytes, which need not be writable
        self._view = view
        return (view.buf, view.len) if view.len else (b"", 0)

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        view, self._view = self._view, None
        if view is not None:
            _release_buffer(ctypes.byref(view))


# ---- objects that must be freed ------------------------------------------------------------------


class Handle:
    """A pointer that is freed once, when nobody holds the handle any more. Entering it keeps other threads out, since
    the library lets one thread at a time use what is no table."""

    __slots__ = ("_pointer", "_free", "_lock", "__weakref__")

    def __init__(self, pointer: Any, free: Callable[[Any], None]) -> None:
        self._pointer = pointer
        self._free = free
        self._lock = threading.Lock()
        if not pointer:
            raise MemoryError("libsipcause found no memory")

    @property
    def pointer(self) -> Any:
        """For those who only read what any thread may read."""
        return self._pointer

    def __enter__(self) -> Any:
        self._lock.acquire()
        return self._pointer

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self._lock.release()

    def __del__(self) -> None:
        if self._pointer:
            self._free(self._pointer)


class Owned:
    """Something of the library's that is freed when it is closed, or is not used any more. Use it in a `with` to close
    it at a place that you know."""

    _handle: Optional[Handle] = None

    def _held(self) -> Handle:
        handle = self._handle
        if handle is None:
            raise ValueError(f"this {type(self).__name__} is closed")
        return handle

    @property
    def closed(self) -> bool:
        """Whether it can be used no more."""
        return self._handle is None

    def close(self) -> None:
        """Frees it, as soon as no other thread is using it; may be called again."""
        self._handle = None

    def __enter__(self: O) -> O:
        self._held()
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError(f"a {type(self).__name__} cannot be copied or pickled")


def items_of(count: Callable[[Any], int], at: Callable[[Any, int], Any], pointer: Any) -> List[Any]:
    """What a pair of functions hands out one by one."""
    return [at(pointer, index).contents for index in range(count(pointer))]
