package vtep

// #include <vtep.h>
import "C"

import "net"

// All of these fail with ErrNotFound where there is no link of that name, and with ErrPermission.

// SetLinkUp sets a link up or down: ip link set NAME up.
func (host *Host) SetLinkUp(name string, up bool) error {
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_set_up(handle, name, flag(up), err)
	})
}

// SetLinkMTU sets the MTU in bytes.
//
// Errors: [ErrInvalid] outside the driver's range, which the error names.
func (host *Host) SetLinkMTU(name string, mtu int) error {
	var in input
	number := in.number("mtu", mtu)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_set_mtu(handle, name, number, err)
	})
}

// SetLinkMAC sets the link-layer address.
//
// Errors: [ErrInvalid] for a group or an all-zero address.
func (host *Host) SetLinkMAC(name string, mac net.HardwareAddr) error {
	var in input
	address := in.mac("mac", mac)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_set_mac(handle, name, &address, err)
	})
}

// RenameLink gives a link another name.
//
// Errors: [ErrInvalid] for one that can't be a name, [ErrExists] where it is taken.
func (host *Host) RenameLink(name, newName string) error {
	var in input
	defer in.free()
	text := in.required("newName", newName)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_rename(handle, name, text, err)
	})
}

// SetLinkMaster makes a link a port of a bridge, or of none where master is empty: ip link set NAME master BRIDGE.
func (host *Host) SetLinkMaster(name, master string) error {
	var in input
	defer in.free()
	text := in.text("master", master)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_set_master(handle, name, text, err)
	})
}

// MoveLinkToPath moves a link into another network namespace, named as in [OpenPath], with the same errors. The link goes
// down and loses its addresses; this host sees it no longer.
//
// Errors: [ErrExists] where the other namespace has a link of that name, [ErrInvalid] for one that can't move (loopback).
func (host *Host) MoveLinkToPath(name, path string) error {
	var in input
	defer in.free()
	text := in.required("path", path)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_move_path(handle, name, text, err)
	})
}

// MoveLinkToFD is [Host.MoveLinkToPath] for a namespace that is named as in [OpenFD].
func (host *Host) MoveLinkToFD(name string, fd int) error {
	var in input
	descriptor := in.signed("fd", fd)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_move_fd(handle, name, descriptor, err)
	})
}

// MoveLinkToPID is [Host.MoveLinkToPath] for a namespace that is named as in [OpenPID].
func (host *Host) MoveLinkToPID(name string, pid int) error {
	var in input
	process := in.signed("pid", pid)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_move_pid(handle, name, process, err)
	})
}

// DeleteLink deletes a link of any kind: ip link delete NAME. A veth takes its peer along. See [Host.DeleteLinkOfKind],
// [Host.DeleteVXLAN] and [Host.DeleteBridge] for deleting only what a program can have made.
//
// Errors: [ErrNotSupported] for a physical device.
func (host *Host) DeleteLink(name string) error {
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_delete(handle, name, nil, err)
	})
}

// DeleteLinkOfKind deletes a link if it is of that kind.
//
// Errors: [ErrForeign] where it is of another one; [ErrNotSupported] for a physical device.
func (host *Host) DeleteLinkOfKind(name, kind string) error {
	var in input
	defer in.free()
	text := in.required("kind", kind)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_link_delete(handle, name, text, err)
	})
}
