"""What no program should do: an exception each time, and a process that goes on."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from typing import Any

import pytest
import vtep
from vtep._library import NULL, ffi, lib

JUNK: list[Any] = [None, 0, -1, 1 << 70, 1.5, b"x", "", "x" * 5000, "a\0b", "\ud800", [], {}, object(), float("nan")]


def public_methods(kind: type[Any]) -> list[str]:
    return [name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))]


@pytest.mark.parametrize("name", [name for name in public_methods(vtep.Host) if name != "close"])
@pytest.mark.parametrize("junk", JUNK, ids=lambda value: repr(value)[:20])
def test_junk_everywhere(host: vtep.Host, name: str, junk: Any) -> None:
    """Every method with junk in every place ends in an exception of the documented kinds, or in an answer."""
    for count in range(4):
        try:
            getattr(host, name)(*[junk] * count)
        except (vtep.Error, TypeError):
            pass
    assert host.links()


@pytest.mark.parametrize("options", ["create_vxlan", "create_bridge"])
@pytest.mark.parametrize("junk", JUNK[1:], ids=lambda value: repr(value)[:20])
def test_junk_options(host: vtep.Host, options: str, junk: Any) -> None:
    from vtep.bridges import BRIDGE_OPTIONS
    from vtep.vxlan import VXLAN_OPTIONS

    names = (VXLAN_OPTIONS if options == "create_vxlan" else BRIDGE_OPTIONS).names - {"name"}
    for name in names:
        arguments = {"vni": 7, name: junk} if options == "create_vxlan" else {name: junk}
        try:
            getattr(host, options)("made0", **arguments)
        except (vtep.Error, TypeError, ValueError):
            continue
        host.delete_link("made0")


def test_unknown_options(host: vtep.Host) -> None:
    with pytest.raises(TypeError, match="nonsense"):
        host.create_vxlan("x", vni=1, nonsense=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="vni is required"):
        host.create_vxlan("x")
    with pytest.raises(TypeError, match="learning"):
        host.create_vxlan("x", vni=1, learning=2)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="reserved"):
        host.create_vxlan("x", vni=1, reserved=b"")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="size"):
        host.create_vxlan("x", vni=1, size=4)  # type: ignore[call-arg]


def test_numbers_out_of_range(host: vtep.Host) -> None:
    for vni in (-1, 1 << 24, 1 << 32, 1 << 70):
        with pytest.raises(vtep.InvalidArgument):
            host.create_vxlan("x", vni=vni)
    with pytest.raises(vtep.InvalidArgument):
        host.set_mtu("lo", 1 << 40)
    with pytest.raises(vtep.InvalidArgument):
        host.link_by_index(-1)
    with pytest.raises(vtep.NotFound):
        host.link_by_index(0)


@pytest.mark.parametrize("name", [name for name in public_methods(vtep.Host) if name != "close"])
def test_closed(host: vtep.Host, name: str) -> None:
    host.close()
    host.close()
    assert host.closed and "closed" in repr(host)
    with pytest.raises((vtep.HandleError, TypeError)):
        getattr(host, name)()
    with pytest.raises(vtep.HandleError, match="closed"):
        host.links()
    with pytest.raises(vtep.HandleError):
        host.__enter__()


def test_handles_of_the_wrong_kind(host: vtep.Host) -> None:
    """C would take the pointer for what it is not. cffi knows what it points to."""
    out = ffi.new("vtep_link_list **")
    assert lib.vtep_host_links(host._pointer, NULL, out, NULL) == 0
    try:
        with pytest.raises(TypeError):
            lib.vtep_fdb_list_count(out[0])
        with pytest.raises(TypeError):
            lib.vtep_host_link_set_up(out[0], b"lo", 1, NULL)
        with pytest.raises(TypeError):
            lib.vtep_host_close(out[0])
    finally:
        lib.vtep_link_list_free(out[0])
    assert lib.vtep_link_list_count(NULL) == 0
    lib.vtep_link_list_free(NULL)
    lib.vtep_host_close(NULL)


def test_null_and_wrong_sizes_at_the_c_interface(host: vtep.Host) -> None:
    link = ffi.new("vtep_link *")
    for size in (0, 4, ffi.sizeof("vtep_link") - 1, 4097, 0xFFFFFFFF):
        link.size = size
        assert lib.vtep_host_link_get(host._pointer, b"lo", link, NULL) == lib.VTEP_E_INVAL
    assert lib.vtep_host_link_get(NULL, b"lo", link, NULL) == lib.VTEP_E_INVAL
    assert lib.vtep_host_link_get(host._pointer, NULL, link, NULL) == lib.VTEP_E_INVAL


def test_arrays_that_were_damaged(host: vtep.Host) -> None:
    index = host.create_vxlan("vxlan0", vni=1).index
    entry = vtep.FDBEntry(link_index=index, mac=vtep.MAC("02:00:00:00:00:01"), destination=vtep.parse_ip("10.0.0.1"))
    for place, value in (("size", 0), ("size", 4096), ("size", 0xFFFFFFFF), ("has", 0xFFFFFFFF)):
        array = vtep.RecordArray.of(vtep.FDBEntry, [entry] * 3)
        array.column(place)[0] = value
        with pytest.raises(vtep.Error):
            host.apply_fdb(vtep.Change.ADD, array)
    with pytest.raises(TypeError):
        host.apply_fdb(vtep.Change.ADD, vtep.RecordArray(vtep.Neighbour, 1))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        host.apply_fdb(vtep.Change.ADD, [entry, None])  # type: ignore[list-item]
    with pytest.raises(vtep.InvalidArgument):
        host.apply_fdb(99, [entry])  # type: ignore[arg-type]


def test_an_iterable_that_fails_changes_nothing(host: vtep.Host) -> None:
    index = host.create_vxlan("vxlan0", vni=1).index
    before = host.fdb("vxlan0")

    def entries() -> Any:
        yield vtep.FDBEntry(link_index=index, mac=vtep.MAC("02:00:00:00:00:01"))
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        host.apply_fdb(vtep.Change.ADD, entries())
    assert host.fdb("vxlan0") == before


def test_threads_share_a_host(host: vtep.Host) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for round in range(10):
                name = f"br{number}-{round}"
                host.create_bridge(name)
                assert host.link(name).is_bridge
                with pytest.raises(vtep.Exists, match=name):
                    host.create_bridge(name)
                host.delete_bridge(name)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == [] and len(host.links()) == 1


def test_closing_while_others_call(host: vtep.Host) -> None:
    ended: list[type[BaseException]] = []

    def work() -> None:
        try:
            while True:
                host.links()
        except BaseException as error:
            ended.append(type(error))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    time.sleep(0.05)
    host.close()
    for one in threads:
        one.join()
    assert ended == [vtep.HandleError] * 4


def test_calls_let_other_threads_run(host: vtep.Host) -> None:
    """The interpreter's lock is free during a long call: the other thread counts while the kernel works."""
    index, remote = host.create_vxlan("vxlan0", vni=1).index, vtep.parse_ip("10.0.0.1")
    array = vtep.RecordArray.of(
        vtep.FDBEntry,
        [
            vtep.FDBEntry(link_index=index, mac=vtep.MAC(b"\2\0" + n.to_bytes(4, "big")), destination=remote)
            for n in range(20000)
        ],
    )
    ticks, running = 0, True

    def tick() -> None:
        nonlocal ticks
        while running:
            ticks += 1
            time.sleep(0.0005)

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        before = ticks
        host.apply_fdb(vtep.Change.ADD, array)
        counted = ticks - before
    finally:
        running = False
        ticker.join()
    assert counted > 5


def test_fork(host: vtep.Host) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        status = 1
        try:
            try:
                host.links()
            except vtep.HandleError as error:
                status = 0 if "fork" in str(error) else 2
            host.close()  # forgets it; the parent's connection stays as it is
            with vtep.Host() as own:
                own.links()
        except BaseException:
            status = 3
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert host.links()


def test_signals_do_not_interrupt_a_call(host: vtep.Host) -> None:
    index = host.create_vxlan("vxlan0", vni=1).index
    caught = 0

    def handler(*_: object) -> None:
        nonlocal caught
        caught += 1
        assert host.link("vxlan0").index == index  # the same host, from within a handler

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    try:
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            assert len(host.links()) == 2
            with pytest.raises(vtep.NotFound, match="nothing"):
                host.link("nothing")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert caught > 20


def test_a_signal_handler_that_raises(host: vtep.Host) -> None:
    class Enough(Exception):
        pass

    def handler(*_: object) -> None:
        raise Enough

    before = signal.signal(signal.SIGALRM, handler)
    try:
        for _ in range(50):
            with pytest.raises(Enough):
                signal.setitimer(signal.ITIMER_REAL, 0.002)
                while True:
                    host.links()
            assert host.link("lo").index == 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_unclosed_host_says_so() -> None:
    with pytest.warns(ResourceWarning, match="unclosed"):
        vtep.Host()
        gc.collect()


def test_descriptors_are_given_back() -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(50):
        with vtep.Host() as host:
            host.links()
    assert len(os.listdir("/proc/self/fd")) == before


def test_no_memory_is_lost(host: vtep.Host) -> None:
    host.create_bridge("br0")

    def rounds(count: int) -> int:
        for _ in range(count):
            host.link_details()
            host.fdb()
            host.routes(table=0)
            try:
                host.link("nothing")
            except vtep.NotFound:
                pass
        gc.collect()
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1])

    rounds(300)
    first = rounds(300)
    assert rounds(1500) - first < 512  # pages: 2 MB


def test_interpreter_ends_with_open_hosts() -> None:
    program = "import vtep, threading\nh = vtep.Host(); k = [vtep.Host() for _ in range(3)]; h.links()\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_another_version_of_the_library_is_refused(tmp_path: Any) -> None:
    source = tmp_path / "other.c"
    source.write_text("unsigned vtep_version(void) { return 99u << 16; }\n")
    library = tmp_path / "libother.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    for named, said in ((str(library), "was loaded"), ("/nonexistent.so", "cannot load libvtep")):
        done = subprocess.run(
            [sys.executable, "-c", "import vtep"],
            env={**os.environ, "VTEP_LIBRARY": named},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1 and "ImportError" in done.stderr and said in done.stderr
