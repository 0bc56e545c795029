"""Builds the package: its C interface from the header, and libvtep.so into the wheel.

``VTEP_HEADER``, ``VTEP_BUNDLE``: the header, and the library that the wheel carries; else those of this repository. With
an empty ``VTEP_BUNDLE``, and from a source distribution, which has the header inside, it carries none and loads the system's.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # setuptools before 70.1
    from wheel.bdist_wheel import bdist_wheel

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))
import header  # noqa: E402

own_header = here / "vtep.h"
IS_DISTRIBUTION = own_header.exists()
HEADER = Path(os.environ.get("VTEP_HEADER", own_header if IS_DISTRIBUTION else here / "../../include/vtep.h")).resolve()
BUNDLE = os.environ.get("VTEP_BUNDLE", "" if IS_DISTRIBUTION else str(here / "../../.build/lib/libvtep.so.0"))


def version() -> str:
    numbers = dict(re.findall(r"^#define VTEP_VERSION_(\w+) (\d+)", HEADER.read_text(), re.MULTILINE))
    return ".".join(numbers[part] for part in ("MAJOR", "MINOR", "PATCH"))


class Build(build_py):
    def run(self) -> None:
        super().run()
        package = Path(self.build_lib, "vtep")
        header.generate(HEADER, package / "_abi.py")
        if BUNDLE:
            (package / "lib").mkdir(exist_ok=True)
            shutil.copyfile(Path(BUNDLE).resolve(), package / "lib" / "libvtep.so.0")


class Wheel(bdist_wheel):
    """One wheel for every CPython from 3.10 on: what is compiled keeps to the stable ABI."""

    def get_tag(self) -> tuple[str, str, str]:
        return "cp310", "abi3", super().get_tag()[2]


# A wheel that carries the library must have it; else, without a C compiler or the headers of Python, the package is the
# same, and slower (_native.py).
decode = Extension("vtep._decode", ["src/_decode.c"], py_limited_api=True, optional=not BUNDLE)

setup(version=version(), cmdclass={"build_py": Build, "bdist_wheel": Wheel}, ext_modules=[decode])
