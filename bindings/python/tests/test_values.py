"""Addresses as values, and what is no address."""

from __future__ import annotations

import copy
import pickle
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface
from typing import Any

import pytest
import vtep


def test_mac_in_all_its_forms() -> None:
    mac = vtep.MAC("02-42-0A-11-00-08")
    assert str(mac) == "02:42:0a:11:00:08"
    assert mac == vtep.MAC(bytes(mac)) == vtep.MAC(mac) == vtep.MAC(memoryview(bytes(mac)))
    assert hash(mac) == hash(vtep.MAC("02:42:0a:11:00:08"))
    assert int(mac) == 0x02420A110008
    assert mac < vtep.MAC("02:42:0a:11:00:09")
    assert repr(mac) == "MAC('02:42:0a:11:00:08')"
    assert mac.is_local and not mac.is_multicast
    assert vtep.MAC("ff:ff:ff:ff:ff:ff").is_multicast
    assert pickle.loads(pickle.dumps(mac)) == mac == copy.deepcopy(mac)
    assert mac != "02:42:0a:11:00:08"


def test_mac_is_immutable() -> None:
    mac = vtep.MAC("02:42:0a:11:00:08")
    with pytest.raises(AttributeError):
        mac._octets = b""
    with pytest.raises(AttributeError):
        setattr(mac, "other", 1)


@pytest.mark.parametrize("text", ["", "02:42", "02:42:0a:11:00:0g", "02:42:0a:11:00:08 ", "2:42:0a:11:00:08", "x" * 500])
def test_malformed_macs_say_what_is_wrong(text: str) -> None:
    with pytest.raises(vtep.InvalidArgument, match="MAC"):
        vtep.MAC(text)


@pytest.mark.parametrize("value", [None, 1, 1.5, [], object(), ("02:42:0a:11:00:08",)])
def test_no_mac_at_all(value: Any) -> None:
    with pytest.raises(TypeError, match="MAC"):
        vtep.MAC(value)


def test_mac_of_wrong_length() -> None:
    with pytest.raises(vtep.InvalidArgument, match="6 octets, not 7"):
        vtep.MAC(bytes(7))


def test_ip_text_is_read_as_the_library_does() -> None:
    assert vtep.parse_ip("192.168.50.233") == IPv4Address("192.168.50.233")
    assert vtep.parse_ip("2001:DB8::1") == IPv6Address("2001:db8::1")
    assert vtep.parse_ip("::ffff:10.0.0.1") == IPv6Address("::ffff:10.0.0.1")
    assert vtep.parse_ip(IPv4Address("0.0.0.0")) == IPv4Address("0.0.0.0")
    assert vtep.parse_prefix("10.16.0.2/24") == IPv4Interface("10.16.0.2/24")
    assert vtep.parse_prefix("2001:db8::1/64") == IPv6Interface("2001:db8::1/64")
    assert vtep.parse_prefix("10.16.0.2") == IPv4Interface("10.16.0.2/32")
    assert vtep.parse_prefix(IPv6Interface("2001:db8::1/64")) == IPv6Interface("2001:db8::1/64")


@pytest.mark.parametrize("text", ["", "10.0.0", "10.0.0.01", "10.0.0.256", " 10.0.0.1", "fe80::1%eth0", "10.0.0.1\0", "\ud800"])
def test_malformed_addresses(text: str) -> None:
    with pytest.raises(vtep.InvalidArgument):
        vtep.parse_ip(text)
    with pytest.raises(vtep.InvalidArgument):
        vtep.parse_prefix(text + "/8")


def test_a_zone_is_refused() -> None:
    with pytest.raises(vtep.InvalidArgument, match="zone"):
        vtep.parse_ip(IPv6Address("fe80::1%eth0"))


@pytest.mark.parametrize("value", [None, 1, b"\x0a\0\0\1", IPv4Interface("10.0.0.1/8"), object()])
def test_no_address_at_all(value: Any) -> None:
    if isinstance(value, IPv4Interface):  # an interface is an address in Python's eyes
        assert vtep.parse_ip(value) == IPv4Address("10.0.0.1")
        return
    with pytest.raises(TypeError):
        vtep.parse_ip(value)
    with pytest.raises(TypeError):
        vtep.parse_prefix(value)


def test_versions() -> None:
    assert vtep.library_version == vtep.header_version
    assert vtep.__version__ == ".".join(map(str, vtep.header_version))


def test_open_enumerations() -> None:
    assert vtep.OperState(6) is vtep.OperState.UP
    assert vtep.OperState(200).name == "UNKNOWN_200" and int(vtep.OperState(200)) == 200
    assert vtep.OperState.UP.word == "UP"
    assert vtep.OperState(200).word
    assert vtep.NeighbourState(0x82).word == "reachable,permanent"
    assert vtep.RouteTable(12345).word == "12345"
    with pytest.raises(ValueError):
        vtep.OperState(-1)
    with pytest.raises(vtep.InvalidArgument):
        vtep.OperState(300).word  # no uint8_t
