"""The wheel and the source archive: what is in them, that they are the same every time, and that they work.

SPDX-License-Identifier: MIT
"""
import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import unittest
import zipfile

import sipcause
from sipcause._library import FILE_NAME, library

BUILD_PY = pathlib.Path(__file__).resolve().parents[1] / "build.py"
LIBRARY = pathlib.Path(library._name).resolve()
BASE = f"sipcause-{sipcause.__version__}"


class Archives(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def make(self, *arguments, script=BUILD_PY, **more):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("SOURCE_DATE_EPOCH", "SIPCAUSE_LIBRARY")}
        environment.update(PYTHONDONTWRITEBYTECODE="1", **more)
        done = subprocess.run([sys.executable, str(script), *arguments, "--output", str(self.folder / "made")],
                              env=environment, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return pathlib.Path(done.stdout.strip())

    def import_from(self, folder, library=None):
        """Imports what was unpacked, in a process that has nothing else; prints the version and what a table says."""
        environment = {"PYTHONPATH": str(folder), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        if library is not None:
            environment["SIPCAUSE_LIBRARY"] = str(library)
        code = "import sipcause; print(sipcause.__file__, sipcause.Table.builtin()['sip:486'].disposition)"
        printed = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True,
                                 check=False, cwd=self.folder)
        self.assertEqual(printed.stdout.split(), [str(folder / "sipcause/__init__.py"), "Busy"], printed.stderr)

    def test_wheel(self):
        wheel = self.make("wheel", "--library", str(LIBRARY))
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        self.assertEqual(wheel.name, f"{BASE}-py3-none-{platform}.whl")
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            record = archive.read(f"{BASE}.dist-info/RECORD").decode().splitlines()
            for line in record[:-1]:
                name, digest, size = line.rsplit(",", 2)
                content = archive.read(name)
                self.assertEqual(int(size), len(content))
                made = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                self.assertEqual(digest, f"sha256={made}")
            self.assertEqual([line.rsplit(",", 2)[0] for line in record], names)
            self.assertEqual(archive.read(f"sipcause/_lib/{FILE_NAME}"), LIBRARY.read_bytes())
            self.assertIn("sipcause/py.typed", names)
            self.assertIn(f"Version: {sipcause.__version__}\n", archive.read(f"{BASE}.dist-info/METADATA").decode())
            self.assertFalse([name for name in names if "__pycache__" in name or "tests" in name])
            archive.extractall(self.folder / "unpacked")
        self.import_from(self.folder / "unpacked")
        first = wheel.read_bytes()
        self.assertEqual(self.make("wheel", "--library", str(LIBRARY)).read_bytes(), first)
        dated = self.make("wheel", "--library", str(LIBRARY), SOURCE_DATE_EPOCH="1774396800")
        self.assertNotEqual(dated.read_bytes(), first)

    def test_wheel_without_library(self):
        wheel = self.make("wheel", "--without-library")
        self.assertEqual(wheel.name, f"{BASE}-py3-none-any.whl")
        with zipfile.ZipFile(wheel) as archive:
            self.assertFalse([name for name in archive.namelist() if "_lib/" in name])
            archive.extractall(self.folder / "unpacked")
        self.import_from(self.folder / "unpacked", LIBRARY)

    def test_source_archive(self):
        archive = self.make("sdist")
        first = archive.read_bytes()
        self.assertEqual(archive.name, f"{BASE}.tar.gz")
        self.assertEqual(self.make("sdist").read_bytes(), first)
        with tarfile.open(archive) as packed:
            self.assertEqual({item.name.split("/")[0] for item in packed}, {BASE})
            packed.extractall(self.folder)
        script = self.folder / BASE / "build.py"
        wheel = self.make("wheel", script=script, CFLAGS="-O0", MAKEFLAGS="-j2")
        with zipfile.ZipFile(wheel) as made:
            made.extractall(self.folder / "unpacked")
        self.import_from(self.folder / "unpacked")

    def test_backend(self):
        """As pip calls it."""
        code = ("import sys, build; assert build.get_requires_for_build_wheel() == []; "
                "assert build.get_requires_for_build_sdist() == []; print(build.build_wheel(sys.argv[1])); print(build.build_sdist(sys.argv[1]))")
        environment = {**os.environ, "SIPCAUSE_LIBRARY": str(LIBRARY), "PYTHONDONTWRITEBYTECODE": "1"}
        printed = subprocess.run([sys.executable, "-c", code, str(self.folder)], cwd=BUILD_PY.parent, env=environment,
                                 capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(sorted(printed), sorted(path.name for path in self.folder.iterdir()))


if __name__ == "__main__":
    unittest.main()
