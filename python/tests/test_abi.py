"""Offsets, sizes, constants and words in Python are those of the C compiler, and every function has its types.

SPDX-License-Identifier: MIT
"""
import ctypes
import inspect
import pathlib
import re
import subprocess
import tempfile
import unittest

from sipcause import _abi, _words
from sipcause._library import library
from support import BUILD, COMPILER, ROOT


def structures():
    return [value for _, value in inspect.getmembers(_abi, inspect.isclass)
            if issubclass(value, ctypes.Structure) and value is not ctypes.Structure and hasattr(value, "_fields_")]


def constants():
    return {name: value for name, value in vars(_abi).items() if name.isupper() and isinstance(value, int)}


def words():
    """The enumerators that have a name in C, with their numbers. SIPCAUSE_OK and the errors are named alike."""
    enumerators = set(re.findall(r"\bSIPCAUSE_\w+(?= = )", (ROOT / "include/sipcause.h").read_text(encoding="ascii")))
    for word_class, name in _words.LISTS.items():
        for word in word_class:
            member = word.name.lstrip("_")
            first = name.split("_")[0].upper()
            for enumerator in (f"SIPCAUSE_{name.upper()}_{member}", f"SIPCAUSE_{first}_{member}", f"SIPCAUSE_{member}"):
                if enumerator in enumerators:
                    yield enumerator, word.number
                    enumerators.discard(enumerator)
                    break
    left = {name for name in enumerators if name[9:] not in constants()}
    if left:
        raise AssertionError(f"not in Python: {sorted(left)}")


def program():
    lines = ["#include <sipcause.h>", "#include <stdio.h>", "int main(void)", "{"]
    for structure in structures():
        name = structure.__name__
        lines.append(f'    printf("{name} %zu\\n", sizeof({name}));')
        for field, *_ in structure._fields_:
            lines.append(f'    printf("{name}.{field} %zu %zu\\n", offsetof({name}, {field}), '
                         f"sizeof((({name} *)0)->{field}));")
    for name in constants():
        cast, form = ("(unsigned long long)", "llu") if name == "TEXT" else ("(long long)", "lld")
        lines.append(f'    printf("SIPCAUSE_{name} %{form}\\n", {cast}SIPCAUSE_{name});')
    lines += [f'    printf("{name} %d\\n", (int){name});' for name, _ in words()]
    return "\n".join([*lines, "    return 0;", "}", ""])


def of_python():
    told = {}
    for structure in structures():
        name = structure.__name__
        told[name] = str(ctypes.sizeof(structure))
        for field, *_ in structure._fields_:
            place = getattr(structure, field)
            told[f"{name}.{field}"] = f"{place.offset} {place.size}"
    told.update({f"SIPCAUSE_{name}": str(value) for name, value in constants().items()})
    told.update({name: str(number) for name, number in words()})
    return told


class Abi(unittest.TestCase):
    maxDiff = None

    def test_layout_is_that_of_the_compiler(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "layout.c")
            source.write_text(program(), encoding="ascii")
            made = str(source.with_suffix(""))
            try:
                subprocess.run([*COMPILER, f"-I{ROOT}/include", "-o", made, str(source)], check=True)
            except FileNotFoundError:
                self.skipTest(f"{COMPILER[0]} is not there")
            printed = subprocess.run([made], check=True, capture_output=True, text=True).stdout
        of_c = dict(line.split(" ", 1) for line in printed.splitlines())
        self.assertGreater(len(of_c), 350)
        self.assertEqual(of_python(), of_c)

    def test_every_structure_is_there(self):
        text = (ROOT / "include/sipcause.h").read_text(encoding="ascii")
        defined = set(re.findall(r"^typedef struct (sipcause_\w+) \{", text, re.M))
        self.assertEqual({structure.__name__ for structure in structures()}, defined)

    def test_every_function_has_its_types(self):
        text = (ROOT / "lib/sipcause.map").read_text(encoding="ascii")
        exported = set(re.findall(r"^\s*(sipcause_\w+);", text, re.M))
        self.assertGreater(len(exported), 120)
        self.assertEqual(set(_abi.PROTOTYPES), exported)
        for name in exported:
            function = getattr(library, name)
            self.assertIsNotNone(function.argtypes, name)
            # ctypes gives a function that nobody has declared an int as its result.
            self.assertIs(function.restype, _abi.PROTOTYPES[name][0], name)

    def test_every_word_is_that_of_the_library(self):
        for word_class, name in _words.LISTS.items():
            name_of = getattr(library, f"sipcause_{name}_name")
            for word in word_class:
                self.assertEqual(name_of(word.number), word.encode(), word)
                self.assertIs(word_class.of(word.number), word)
                if name != "error":
                    from_name = getattr(library, f"sipcause_{name}_from_name")
                    self.assertEqual(from_name(word.encode(), len(word)), word.number)

    def test_a_word_that_only_the_library_knows(self):
        unknown = _words.Outcome.of(9999)
        self.assertIsInstance(unknown, _words.Outcome)
        self.assertEqual((unknown, unknown.number), ("#9999", 9999))
        self.assertIs(_words.Outcome.of(9999), unknown)
        self.assertNotIn(unknown, list(_words.Outcome))
        with self.assertRaises(ValueError):
            _words.Outcome("bussy")


@unittest.skipUnless((ROOT / "data/python.py").exists(), "not in a source tree")
class Generator(unittest.TestCase):
    """What data/python.py does not understand it refuses."""

    def read(self, text):
        import sys
        sys.path.insert(0, str(ROOT / "data"))
        try:
            import python
            import standards
        finally:
            sys.path.pop(0)
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "include").mkdir()
            (pathlib.Path(folder) / "include/sipcause.h").write_text(text, encoding="ascii")
            place, python.DATA = python.DATA, pathlib.Path(folder, "data")
            try:
                header = python.read_header()
                python.check_types(header)
                return header
            except standards.BadRow as error:
                return str(error)
            finally:
                python.DATA = place

    def test_what_is_read(self):
        header = self.read("typedef struct sipcause_a {\n    const char *b, *c;\n} sipcause_a;\n")
        self.assertIn("is not understood", header)
        header = self.read("typedef struct sipcause_a {\n    uint32_t b[3]; /* ; */\n    const struct sipcause_a *c;\n"
                           "} sipcause_a;\n"
                           "SIPCAUSE_API const sipcause_a *sipcause_f(const char *t, size_t n, char *o);\n")
        fields = [tuple(field) for field in header.structures["sipcause_a"].fields]
        self.assertEqual(fields, [("b", "c_uint32", "3"), ("c", "pointer sipcause_a", None)])
        kinds = [field.kind for field in header.functions["sipcause_f"].parameters]
        self.assertEqual(kinds, ["c_void_p", "c_size_t", "c_void_p"])

    def test_what_is_refused(self):
        for text, place in (("\ntypedef union sipcause_a { int b; } sipcause_a;\n", 2),
                            ("typedef struct sipcause_a {\n    double b;\n} sipcause_a;\n", 1),
                            ("typedef struct sipcause_a {\n    int b : 3;\n} sipcause_a;\n", 1),
                            ("enum sipcause_a {\n    SIPCAUSE_A\n};\n", 1),
                            ("#if X\nint a;\n#endif\n", 1),
                            ("/* one\n * two */\n#define SIPCAUSE_X (1 + 2)\n", 3),
                            ("SIPCAUSE_API int sipcause_f(int (*callback)(void));\n", 1),
                            ("SIPCAUSE_API int sipcause_f(int a, ...);\n", 1),
                            ("SIPCAUSE_API int sipcause_f(FILE *a);\n", 1),
                            ("SIPCAUSE_API int sipcause_f(int);\n", 1),
                            ("#define SIPCAUSE_HAS(p) \\\n    p \\\n    p\nint sipcause_a;\n", 4)):
            with self.subTest(text):
                refused = self.read(text)
                self.assertIsInstance(refused, str)
                self.assertTrue(refused.startswith(f"include/sipcause.h:{place}: "), refused)
        self.assertIn("is not declared", self.read("SIPCAUSE_API int sipcause_f(const sipcause_a *a);\n"))


if __name__ == "__main__":
    unittest.main()
