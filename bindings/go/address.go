package vtep

// #include <vtep.h>
import "C"

import (
	"net/netip"
	"time"
)

// AddressFlags are those of an address (IFA_F_*); others than these may be set.
type AddressFlags uint32

const (
	AddressSecondary     AddressFlags = C.VTEP_ADDRESS_SECONDARY
	AddressNoDAD         AddressFlags = C.VTEP_ADDRESS_NODAD
	AddressDADFailed     AddressFlags = C.VTEP_ADDRESS_DADFAILED
	AddressDeprecated    AddressFlags = C.VTEP_ADDRESS_DEPRECATED
	AddressTentative     AddressFlags = C.VTEP_ADDRESS_TENTATIVE
	AddressPermanent     AddressFlags = C.VTEP_ADDRESS_PERMANENT
	AddressManageTemp    AddressFlags = C.VTEP_ADDRESS_MANAGETEMPADDR
	AddressNoPrefixRoute AddressFlags = C.VTEP_ADDRESS_NOPREFIXROUTE
)

// Address is an IP address on a link (ip addr).
type Address struct {
	LinkIndex         int
	Prefix            netip.Prefix // the address and its prefix length, host bits kept
	Peer              netip.Addr   // the other end of a point-to-point address
	Broadcast         netip.Addr
	Label             string // IPv4: the link's name, or "NAME:alias"
	Scope             Scope
	Flags             AddressFlags
	ValidLifetime     *time.Duration // nil: unlimited
	PreferredLifetime *time.Duration // nil: unlimited
}

func (address *Address) read(c *C.vtep_address) {
	address.LinkIndex = int(c.link_index)
	address.Prefix = goPrefix(&c.prefix)
	address.Peer = goIP(&c.peer)
	address.Broadcast = goIP(&c.broadcast)
	address.Label = C.GoString(&c.label[0])
	address.Scope = Scope(c.scope)
	address.Flags = AddressFlags(c.flags)
	address.ValidLifetime = optional(c.has&C.VTEP_ADDRESS_HAS_VALID_LIFETIME != 0, seconds(c.valid_lifetime))
	address.PreferredLifetime = optional(c.has&C.VTEP_ADDRESS_HAS_PREFERRED_LIFETIME != 0, seconds(c.preferred_lifetime))
}

func (address *Address) fill(out *C.vtep_address, in *input) {
	var has bits
	*out = C.vtep_address{size: C.sizeof_vtep_address, flags: C.uint32_t(address.Flags), scope: C.uint8_t(address.Scope)}
	out.link_index = in.number("Address.LinkIndex", address.LinkIndex)
	out.prefix = in.prefix("Address.Prefix", address.Prefix)
	out.peer = in.ip("Address.Peer", address.Peer)
	out.broadcast = in.ip("Address.Broadcast", address.Broadcast)
	in.fixed("Address.Label", address.Label, out.label[:])
	if has.set(C.VTEP_ADDRESS_HAS_VALID_LIFETIME, address.ValidLifetime != nil) {
		out.valid_lifetime = in.duration("Address.ValidLifetime", *address.ValidLifetime, time.Second)
	}
	if has.set(C.VTEP_ADDRESS_HAS_PREFERRED_LIFETIME, address.PreferredLifetime != nil) {
		out.preferred_lifetime = in.duration("Address.PreferredLifetime", *address.PreferredLifetime, time.Second)
	}
	out.has = C.uint32_t(has)
}

// Addresses lists the addresses of one link, or of all where name is empty: ip addr.
//
// Errors: [ErrNotFound] for the link.
func (host *Host) Addresses(name string) ([]Address, error) {
	var list *C.vtep_address_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_addresses(handle, name, &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_address_list_free(list)
	addresses := make([]Address, int(C.vtep_address_list_count(list)))
	elements(len(addresses), func(first, count C.uint32_t, run *C.vtep_address) C.vtep_status {
		run.size = C.sizeof_vtep_address
		return C.vtep_address_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_address) {
		addresses[i].read(element)
	})
	return addresses, nil
}

// AddAddress adds an address to a link: ip addr add PREFIX dev NAME. With the link up, the kernel adds the prefix' route,
// too. broadcast is for IPv4 only; the zero Addr is none.
//
// Errors: [ErrNotFound] for the link, [ErrExists] where it has the address already, [ErrInvalid] for a multicast or
// unspecified address, [ErrPermission], also where IPv6 is disabled on the link.
func (host *Host) AddAddress(name string, prefix netip.Prefix, broadcast netip.Addr) error {
	var in input
	address, broadcastAddress := in.prefix("prefix", prefix), in.ip("broadcast", broadcast)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_address_add(handle, name, &address, &broadcastAddress, err)
	})
}

// DeleteAddress takes an address from a link: ip addr del PREFIX dev NAME.
//
// Errors: [ErrNotFound] for the link or the address, [ErrPermission].
func (host *Host) DeleteAddress(name string, prefix netip.Prefix) error {
	var in input
	address := in.prefix("prefix", prefix)
	if in.err != nil {
		return in.err
	}
	return host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_address_delete(handle, name, &address, err)
	})
}
