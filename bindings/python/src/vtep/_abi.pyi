# What header.py makes of include/vtep.h. cffi's objects have no static types.
from typing import Any

ffi: Any
