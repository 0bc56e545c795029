"""Makes ``vtep/_abi.py`` from ``include/vtep.h``: every struct, constant and function, as the C compiler reads them.

Nothing about the C interface is written down twice. What cffi is given here is the header itself, preprocessed; a
function that changes its parameters or a struct its fields is another module after the next build.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from cffi import FFI


def preprocess(header: Path, *options: str) -> str:
    """What the C preprocessor makes of the header, for cffi: no attributes, no C++."""
    command = ["cc", "-E", "-P", "-std=c99", "-DVTEP_API=", *options, str(header)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def declarations(header: Path) -> str:
    """The header's declarations. ``<stdint.h>`` declares types that cffi knows by itself."""
    text = preprocess(header)
    start = text.index("uint32_t vtep_version(void)")
    return numbers(header) + text[start:]


def numbers(header: Path) -> str:
    """``#define VTEP_X 12`` as cffi takes it; the preprocessor would otherwise have used them up."""
    defined = re.findall(r"^#define (VTEP_\w+) ((?:0x)?[0-9A-Fa-f]+)$", preprocess(header, "-dM"), re.MULTILINE)
    return "".join(f"#define {name} {value}\n" for name, value in sorted(defined))


def generate(header: Path, output: Path) -> None:
    """Writes the module ``vtep._abi`` (cffi, ABI mode, out of line): no compiler is needed to use it."""
    ffi = FFI()
    ffi.set_source("vtep._abi", None)
    ffi.cdef(declarations(header))
    ffi.emit_python_code(str(output))


if __name__ == "__main__":
    generate(Path(sys.argv[1]), Path(sys.argv[2]))
