"""How the library is found, and what is said of one that will not do.

SPDX-License-Identifier: MIT
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import sipcause
from sipcause import _library
from support import COMPILER, ROOT

PACKAGE = pathlib.Path(sipcause.__file__).parent


def import_with(library=None, package=PACKAGE.parent, code="import sipcause; print(sipcause.version())", **more):
    """What an import prints: the version, or the last lines of the error."""
    environment = {name: value for name, value in os.environ.items() if name != "SIPCAUSE_LIBRARY"}
    if library is not None:
        environment["SIPCAUSE_LIBRARY"] = str(library)
    environment.update(PYTHONPATH=str(package), PYTHONDONTWRITEBYTECODE="1", **more)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    return (done.stdout if done.returncode == 0 else done.stderr).strip()


class Finding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.library = pathlib.Path(_library.library._name).resolve()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def compile(self, text):
        source, made = self.folder / "other.c", self.folder / _library.FILE_NAME
        source.write_text(text, encoding="ascii")
        try:
            subprocess.run([*COMPILER, "-shared", "-fPIC", f"-I{ROOT}/include", "-o", str(made), str(source)], check=True)
        except FileNotFoundError:
            self.skipTest(f"{COMPILER[0]} is not there")
        return made

    def assert_refused(self, said, *words):
        self.assertIn("LibraryError: ", said)
        for word in words:
            self.assertIn(str(word), said)

    def test_explicit(self):
        self.assertEqual(import_with(self.library), sipcause.version())
        relative = os.path.relpath(self.library)
        self.assertEqual(import_with(relative), sipcause.version())
        missing = self.folder / "nothing.so"
        self.assert_refused(import_with(missing), missing, "SIPCAUSE_LIBRARY", "no such file")
        self.assertIn("except worked", import_with(missing, code="""
try:
    import sipcause
except ImportError:
    print("except worked")
"""))

    def test_carried(self):
        package = self.folder / "sipcause"
        shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "_lib"))
        said = import_with(None, self.folder)
        if "LibraryError" in said:  # there is no system's library
            self.assert_refused(said, package / "_lib" / _library.FILE_NAME, "the system's library", "SIPCAUSE_LIBRARY")
        (package / "_lib").mkdir()
        shutil.copy(self.library, package / "_lib" / _library.FILE_NAME)
        self.assertEqual(import_with(None, self.folder), sipcause.version())
        (package / "_lib" / _library.FILE_NAME).write_bytes(b"not a library")
        self.assert_refused(import_with(None, self.folder), "_lib")

    def test_soname(self):
        shutil.copy(self.library, self.folder / _library.FILE_NAME)
        self.assertEqual(import_with(None, LD_LIBRARY_PATH=str(self.folder), DYLD_LIBRARY_PATH=str(self.folder)),
                         sipcause.version())

    def test_another_library(self):
        self.assert_refused(import_with(self.compile("int x;\n")), "sipcause_version_number", "no libsipcause")

    def test_older_library(self):
        made = self.compile("unsigned sipcause_version_number(void) { return 99; }\n")
        self.assert_refused(import_with(made), "libsipcause 0.0.99", sipcause.__version__)

    def test_function_that_is_missing(self):
        made = self.compile("unsigned sipcause_version_number(void) { return 999999; }\n")
        self.assert_refused(import_with(made), "has no function sipcause_version", sipcause.__version__)

    def test_structure_that_is_too_small(self):
        functions = [name for name in sipcause._abi.PROTOTYPES if name not in (
            "sipcause_version_number", "sipcause_builtin", "sipcause_table_default")]
        made = self.compile("unsigned sipcause_version_number(void) { return 999999; }\n"
                            "static struct { unsigned size; char room[99]; } entry = {8};\n"
                            "void *sipcause_builtin(void) { return &entry; }\n"
                            "void *sipcause_table_default(void) { return &entry; }\n"
                            + "".join(f"int {name}(void) {{ return 0; }}\n" for name in functions))
        self.assert_refused(import_with(made), "sipcause_entry of 8 bytes", "different versions")


if __name__ == "__main__":
    unittest.main()
