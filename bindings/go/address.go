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
	AddressSecondary     AddressFlags = C.VTEP_ADDRESS_SECONDARY      // IPv4: not the first of its network; IPv6: temporary
	AddressNoDAD         AddressFlags = C.VTEP_ADDRESS_NODAD          // may be set, IPv6: nobody is asked who has it
	AddressOptimistic    AddressFlags = C.VTEP_ADDRESS_OPTIMISTIC     // may be set, IPv6: used while others are asked
	AddressDADFailed     AddressFlags = C.VTEP_ADDRESS_DADFAILED      // somebody else has it
	AddressHome          AddressFlags = C.VTEP_ADDRESS_HOME           // may be set, IPv6: a mobile host's home address
	AddressDeprecated    AddressFlags = C.VTEP_ADDRESS_DEPRECATED     // its preferred lifetime is over
	AddressTentative     AddressFlags = C.VTEP_ADDRESS_TENTATIVE      // others are being asked
	AddressPermanent     AddressFlags = C.VTEP_ADDRESS_PERMANENT      // it has no lifetime
	AddressManageTemp    AddressFlags = C.VTEP_ADDRESS_MANAGETEMPADDR // may be set, IPv6: temporary ones are made of it
	AddressNoPrefixRoute AddressFlags = C.VTEP_ADDRESS_NOPREFIXROUTE  // may be set: no prefix route comes with it
	AddressAutoJoin      AddressFlags = C.VTEP_ADDRESS_AUTOJOIN       // may be set: the link joins the group that it is
	AddressStablePrivacy AddressFlags = C.VTEP_ADDRESS_STABLE_PRIVACY // IPv6: made of a secret
)

// Address is an IP address on a link (ip addr).
type Address struct {
	LinkIndex         int
	Prefix            netip.Prefix // the address and its prefix length, host bits kept
	Peer              netip.Addr   // the other end of a point-to-point address
	Broadcast         netip.Addr
	Label             string         // IPv4: the link's name, or "NAME:alias"
	Scope             *Scope         // nil: host for a loopback address, else global; always there when it was read
	Flags             AddressFlags   // written: those that can't be asked for are ignored
	ValidLifetime     *time.Duration // whole seconds; nil: unlimited
	PreferredLifetime *time.Duration // until it is used for nothing new; nil: unlimited
	Metric            *uint32        // of the prefix route that comes with it; nil: the kernel's
	Origin            *AddressOrigin // who made it; nil: unknown

	// What is only read: since the machine's start.

	Created *time.Duration
	Updated *time.Duration
}

// AddressOrigin is who made an address (IFAPROT_*): 1 loopback, 2 router advertisement, 3 link-local. An open set.
type AddressOrigin uint8

func (address *Address) read(c *C.vtep_address) {
	address.LinkIndex = int(c.link_index)
	address.Prefix = goPrefix(&c.prefix)
	address.Peer = goIP(&c.peer)
	address.Broadcast = goIP(&c.broadcast)
	address.Label = C.GoString(&c.label[0])
	address.Scope = optional(c.has&C.VTEP_ADDRESS_HAS_SCOPE != 0, Scope(c.scope))
	address.Metric = optional(c.has&C.VTEP_ADDRESS_HAS_METRIC != 0, uint32(c.metric))
	address.Origin = optional(c.has&C.VTEP_ADDRESS_HAS_ORIGIN != 0, AddressOrigin(c.origin))
	address.Created = optional(c.has&C.VTEP_ADDRESS_HAS_STAMPS != 0, hundredths(c.created))
	address.Updated = optional(c.has&C.VTEP_ADDRESS_HAS_STAMPS != 0, hundredths(c.updated))
	address.Flags = AddressFlags(c.flags)
	address.ValidLifetime = optional(c.has&C.VTEP_ADDRESS_HAS_VALID_LIFETIME != 0, seconds(c.valid_lifetime))
	address.PreferredLifetime = optional(c.has&C.VTEP_ADDRESS_HAS_PREFERRED_LIFETIME != 0, seconds(c.preferred_lifetime))
}

func (address *Address) fill(out *C.vtep_address, in *input) {
	var has bits
	*out = C.vtep_address{size: C.sizeof_vtep_address, flags: C.uint32_t(address.Flags)}
	has.number(C.VTEP_ADDRESS_HAS_METRIC, &out.metric, address.Metric)
	if has.set(C.VTEP_ADDRESS_HAS_SCOPE, address.Scope != nil) {
		out.scope = C.uint8_t(*address.Scope)
	}
	if has.set(C.VTEP_ADDRESS_HAS_ORIGIN, address.Origin != nil) {
		out.origin = C.uint8_t(*address.Origin)
	}
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

// PutAddress adds an address with all that belongs to it: ip addr add; or, with replace, gives the one there is these
// lifetimes, metric and, for IPv6, flags: ip addr replace. Address.LinkIndex says on which link.
//
// Errors: those of [Host.AddAddress]; [ErrExists] without replace only.
func (host *Host) PutAddress(address Address, replace bool) error {
	var in input
	var c C.vtep_address
	address.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_address_put(handle, &c, flag(replace), err)
	})
}

// FlushAddresses takes all addresses of a family from a link, and returns how many there were: ip addr flush dev NAME.
//
// Errors: [ErrNotFound] for the link, [ErrPermission].
func (host *Host) FlushAddresses(name string, family Family) (int, error) {
	var deleted C.uint32_t
	err := host.named(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_address_flush(handle, name, C.uint8_t(family), &deleted, err)
	})
	return int(deleted), err
}
