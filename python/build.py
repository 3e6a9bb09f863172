#!/usr/bin/env python3
"""Makes the wheel and the source archive of the Python package, with the standard library alone.

    python3 build.py wheel [--output DIR] [--library FILE | --without-library]
    python3 build.py sdist [--output DIR]

The wheel carries the shared library FILE, else that of SIPCAUSE_LIBRARY, else make builds it; with --without-library it
carries none, is for any platform, and finds the system's. This is a PEP 517 backend as well. The same sources give the
same bytes: what is in an archive is dated SOURCE_DATE_EPOCH, or 1980.

SPDX-License-Identifier: MIT
"""
import argparse
import base64
import gzip
import hashlib
import io
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tarfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
# The library's sources: in an archive they are in a folder of it.
SOURCES = HERE / "library" if (HERE / "library").is_dir() else HERE.parent
FILE_NAME = "libsipcause.0.dylib" if sys.platform == "darwin" else "libsipcause.so.0"
EPOCH = 315532800  # 1980-01-01, the first day of a zip archive
CARRIED = ("COPYING", "Makefile", "config.mk.in", "include", "lib")  # of the library's sources

METADATA = """\
Metadata-Version: 2.1
Name: sipcause
Version: {version}
Summary: Why a SIP call ended: SIP status, Reason headers, carrier headers and ISUP causes to one verdict
License: MIT
Keywords: SIP,ISUP,Q.850,RFC 3326,RFC 3398,VoIP
Platform: POSIX
Classifier: License :: OSI Approved :: MIT License
Classifier: Operating System :: POSIX
Classifier: Programming Language :: C
Classifier: Programming Language :: Python :: 3
Classifier: Programming Language :: Python :: Implementation :: CPython
Classifier: Topic :: Communications :: Internet Phone
Classifier: Typing :: Typed
Requires-Python: >=3.9
Description-Content-Type: text/markdown

"""


def version():
    text = (SOURCES / "include/sipcause.h").read_text(encoding="ascii")
    parts = ("MAJOR", "MINOR", "PATCH")
    return ".".join(re.search(rf"define SIPCAUSE_VERSION_{part} (\d+)", text)[1] for part in parts)


def metadata():
    return (METADATA.format(version=version()) + (HERE / "README.md").read_text(encoding="utf-8")).encode("utf-8")


def epoch():
    return max(int(os.environ.get("SOURCE_DATE_EPOCH") or EPOCH), EPOCH)


def files_under(folder):
    """What belongs to a source tree."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
                  and not {"__pycache__", "_lib"} & set(path.parts[len(HERE.parts):])
                  and path.suffix not in (".pyc", ".o", ".so"))


def library_file(given):
    """The shared library to carry; make builds it when nobody names one."""
    given = given or os.environ.get("SIPCAUSE_LIBRARY")
    if given:
        return pathlib.Path(given)
    subprocess.run([os.environ.get("MAKE", "make"), "-s", "-C", str(SOURCES), "libraries"], check=True)
    return SOURCES / "build" / FILE_NAME


# ---- the wheel -----------------------------------------------------------------------------------


def add_file(archive, name, content, mode=0o644):
    """Adds a file; returns its line for RECORD."""
    item = zipfile.ZipInfo(name, time.gmtime(epoch())[:6])
    item.external_attr = (0o100000 | mode) << 16
    item.create_system = 3
    item.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(item, content)
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
    return f"{name},sha256={digest},{len(content)}\n"


def make_wheel(output, library=None, with_library=True):
    platform = re.sub("[^A-Za-z0-9_]", "_", sysconfig.get_platform()) if with_library else "any"
    tag, information = f"py3-none-{platform}", f"sipcause-{version()}.dist-info"
    name = f"sipcause-{version()}-{tag}.whl"
    wheel = ("Wheel-Version: 1.0\nGenerator: sipcause\n"
             f"Root-Is-Purelib: {'false' if with_library else 'true'}\nTag: {tag}\n")
    carried = library_file(library).read_bytes() if with_library else None
    output.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(output / name, "w") as archive:
        record = [add_file(archive, path.relative_to(HERE).as_posix(), path.read_bytes())
                  for path in files_under(HERE / "sipcause")]
        if carried is not None:
            record.append(add_file(archive, f"sipcause/_lib/{FILE_NAME}", carried, 0o755))
        record.append(add_file(archive, f"{information}/METADATA", metadata()))
        record.append(add_file(archive, f"{information}/WHEEL", wheel.encode("ascii")))
        record.append(add_file(archive, f"{information}/licenses/COPYING", (SOURCES / "COPYING").read_bytes()))
        record.append(f"{information}/RECORD,,\n")
        add_file(archive, f"{information}/RECORD", "".join(record).encode("ascii"))
    return name


# ---- the source archive --------------------------------------------------------------------------


def contents():
    """What the archive has: its name there, and its bytes."""
    yield "PKG-INFO", metadata()
    for path in files_under(HERE):
        if path.relative_to(HERE).parts[0] in ("README.md", "build.py", "pyproject.toml", "sipcause"):
            yield path.relative_to(HERE).as_posix(), path.read_bytes()
    for name in CARRIED:
        path = SOURCES / name
        for file in files_under(path) if path.is_dir() else [path]:
            yield f"library/{file.relative_to(SOURCES).as_posix()}", file.read_bytes()


def make_sdist(output):
    base = f"sipcause-{version()}"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in contents():
            item = tarfile.TarInfo(f"{base}/{name}")
            item.size, item.mtime, item.mode = len(content), epoch(), 0o755 if name == "build.py" else 0o644
            archive.addfile(item, io.BytesIO(content))
    output.mkdir(parents=True, exist_ok=True)
    with open(output / f"{base}.tar.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, epoch()) as zipped:
        zipped.write(packed.getvalue())
    return f"{base}.tar.gz"


# ---- PEP 517 -------------------------------------------------------------------------------------


def get_requires_for_build_wheel(config_settings=None):
    return []


def get_requires_for_build_sdist(config_settings=None):
    return []


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return make_wheel(pathlib.Path(wheel_directory))


def build_sdist(sdist_directory, config_settings=None):
    return make_sdist(pathlib.Path(sdist_directory))


def main():
    parser = argparse.ArgumentParser(description="Makes the wheel and the source archive of the Python package.")
    parser.add_argument("what", choices=("wheel", "sdist"))
    parser.add_argument("--output", metavar="DIR", type=pathlib.Path, default=pathlib.Path("dist"))
    carrying = parser.add_mutually_exclusive_group()
    carrying.add_argument("--library", metavar="FILE")
    carrying.add_argument("--without-library", action="store_true")
    given = parser.parse_args()
    if given.what == "wheel":
        name = make_wheel(given.output, given.library, not given.without_library)
    else:
        name = make_sdist(given.output)
    print(given.output / name)


if __name__ == "__main__":
    main()
