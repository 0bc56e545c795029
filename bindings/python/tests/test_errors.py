"""Errors: a class for each kind, with what the kernel said."""

from __future__ import annotations

import errno
import pickle

import pytest
import vtep


def test_an_error_carries_everything(host: vtep.Host) -> None:
    host.create_vxlan("vxlan0", vni=120)
    with pytest.raises(vtep.Exists) as caught:
        host.create_vxlan("vxlan1", vni=120)
    error = caught.value
    assert error.errno == errno.EEXIST and error.code == -4
    assert "vxlan1" in str(error) and "vxlan0" in str(error) and error.remedy
    assert isinstance(error, FileExistsError) and isinstance(error, OSError)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is vtep.Exists
    assert (again.errno, again.code, str(again), again.remedy) == (error.errno, error.code, str(error), error.remedy)


def test_the_kernels_own_words(host: vtep.Host) -> None:
    host.create_bridge("br0")
    host.create_veth("a", "b")
    host.set_up("br0")
    with pytest.raises(vtep.Error) as caught:
        host.set_master("br0", "br0")
    assert caught.value.kernel_message and caught.value.kernel_message in str(caught.value)


def test_kinds_are_pythons_kinds_too(host: vtep.Host) -> None:
    with pytest.raises(LookupError, match="lo"):
        host.link("vxlan9")
    with pytest.raises(ValueError):
        host.create_bridge("br0", mtu=3)
    assert issubclass(vtep.PermissionDenied, PermissionError)
    assert issubclass(vtep.OutOfMemory, MemoryError)


def test_status_texts() -> None:
    assert vtep.status_text(-3) == "not found"
    assert vtep.status_text(-9999) == "unknown status"


def test_failures_are_none_without_a_batch(host: vtep.Host) -> None:
    with pytest.raises(vtep.NotFound) as caught:
        host.link("nothing")
    assert caught.value.failures == () and caught.value.attribute_offset is None
