"""Every test has network namespaces of its own. They have no name: when their descriptor goes, they go."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import vtep

CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


class Namespace:
    """A network namespace, made by a thread that then ends."""

    def __init__(self) -> None:
        self.fd = -1
        maker = threading.Thread(target=self._make)
        maker.start()
        maker.join()
        if self.fd < 0:
            raise OSError("no network namespace can be made here")

    def _make(self) -> None:
        if _libc.unshare(CLONE_NEWNET) == 0:
            self.fd = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)

    def close(self) -> None:
        os.close(self.fd)

    def run(self, command: str, check: bool = True) -> str:
        """Runs a command in it."""
        words = ["nsenter", f"--net=/proc/self/fd/{self.fd}", *command.split()]
        done = subprocess.run(words, pass_fds=(self.fd,), capture_output=True, text=True)
        assert not check or done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def json(self, command: str) -> Any:
        """What iproute2 says, read."""
        return json.loads(self.run(command) or "[]")


@pytest.fixture
def namespace() -> Iterator[Namespace]:
    made = Namespace()
    yield made
    made.close()


@pytest.fixture
def host(namespace: Namespace) -> Iterator[vtep.Host]:
    with vtep.Host(fd=namespace.fd) as opened:
        yield opened
