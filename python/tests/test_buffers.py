"""Messages are taken from wherever they are, without a copy, and given back.

SPDX-License-Identifier: MIT
"""
import array
import gc
import mmap
import tempfile
import tracemalloc
import unittest

import sipcause
from support import BUSY


class Buffers(unittest.TestCase):
    def assert_busy(self, message):
        self.assertEqual(sipcause.classify([message]).disposition, "Busy")

    def test_kinds(self):
        writable = bytearray(BUSY)
        for message in (BUSY, writable, memoryview(BUSY), memoryview(writable), memoryview(b"xx" + BUSY + b"yy")[2:-2],
                        array.array("B", BUSY), type("Bytes", (bytes,), {})(BUSY)):
            with self.subTest(type(message)):
                self.assert_busy(message)
        writable.clear()  # a BufferError if anybody held it

    def test_mapped_file(self):
        with tempfile.TemporaryFile() as file:
            file.write(b"before\n" + BUSY + b"after")
            file.flush()
            for access in (mmap.ACCESS_READ, mmap.ACCESS_WRITE, mmap.ACCESS_COPY):
                with mmap.mmap(file.fileno(), 0, access=access) as mapped, memoryview(mapped) as whole:
                    with whole[7:-5] as part:
                        self.assert_busy(part)
                        self.assertEqual(sipcause.Message.parse(part).status, 486)
                        self.assertEqual(sipcause.headers(part)[0], ("Call-ID", "1"))

    def test_nothing_is_copied(self):
        body = b"\r\n" * (8 << 20)
        for message in (BUSY + body, bytearray(BUSY + body), memoryview(BUSY + body)):
            with self.subTest(type(message)):
                sipcause.classify([message])
                tracemalloc.start()
                self.assert_busy(message)
                sipcause.Message.parse(message)
                peak = tracemalloc.get_traced_memory()[1]
                tracemalloc.stop()
                self.assertLess(peak, 1 << 20)

    def test_memory_is_held_while_it_is_used(self):
        data = bytearray(BUSY)
        with sipcause._memory.borrowed(data) as (_, length):
            self.assertEqual(length, len(BUSY))
            with self.assertRaises(BufferError):
                data.extend(b"x")
        data.extend(b"x")

    def test_given_back_after_an_error(self):
        data, release = bytearray(BUSY), sipcause.Release()
        release.close()
        with self.assertRaises(ValueError):
            release.message(data)
        data.clear()

    def test_what_is_no_buffer(self):
        for message in ("text", 7, None, [BUSY], object()):
            with self.subTest(message), self.assertRaises(TypeError):
                sipcause.classify([message])
        with self.assertRaises(BufferError):
            sipcause.classify([memoryview(BUSY)[::2]])
        for messages in (BUSY, bytearray(BUSY), memoryview(BUSY), BUSY.decode()):
            with self.subTest(messages), self.assertRaises(TypeError):
                sipcause.classify(messages)

    def test_empty(self):
        with sipcause.Release() as release:
            release.response(486)
            for message in (b"", bytearray(), memoryview(b""), b"\0" * 9):
                self.assertIs(release.message(message), False)
                release.body("application/isup", message)
                release.isup(message)
        self.assertEqual(sipcause.classify([]).flags, {sipcause.Flag.NO_CAUSE})

    def test_the_bytes_are_read_to_their_end(self):
        # A NUL ends nothing.
        text = b"SIP/2.0 486 Busy\0Here\r\nX-A: \0\r\nCSeq: 1 INVITE\r\nReason: Q.850;cause=17\r\n\r\n"
        verdict = sipcause.classify([text])
        self.assertEqual(str(verdict.decided_by), "q850:17")
        self.assertEqual(sipcause.Message.parse(text).phrase, "Busy\0Here")

    def test_iterables(self):
        def told():
            yield BUSY
            gc.collect()
            yield memoryview(BUSY)

        self.assertEqual(sipcause.classify(told()).disposition, "Busy")
        self.assertEqual(sipcause.classify(iter((BUSY,))).disposition, "Busy")

        def broken():
            yield BUSY
            raise KeyError("mine")

        with self.assertRaises(KeyError):
            sipcause.classify(broken())
        with self.assertRaises(KeyError):
            list(sipcause.classify_calls([("a", broken())]))


if __name__ == "__main__":
    unittest.main()
