"""Builds the package: its C interface from the header, and libvtep.so into the wheel.

``VTEP_HEADER``, ``VTEP_BUNDLE``: the header, and the library that the wheel carries; else those of this repository. With
an empty ``VTEP_BUNDLE`` it carries none and loads the system's.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # setuptools before 70.1
    from wheel.bdist_wheel import bdist_wheel

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))
import header  # noqa: E402

HEADER = Path(os.environ.get("VTEP_HEADER", here / "../../include/vtep.h")).resolve()
BUNDLE = os.environ.get("VTEP_BUNDLE", str(here / "../../.build/lib/libvtep.so.0"))


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
    """Any Python 3, one platform: nothing is compiled against the interpreter."""

    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2] if BUNDLE else "any"


class WithLibrary(Distribution):
    def has_ext_modules(self) -> bool:
        return bool(BUNDLE)


setup(version=version(), cmdclass={"build_py": Build, "bdist_wheel": Wheel}, distclass=WithLibrary)
