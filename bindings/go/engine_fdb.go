package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
	"time"
)

// EntryKind is where an entry of an engine's FDB is from.
type EntryKind uint8

const (
	EntryLearnt    EntryKind = C.VTEP_ENGINE_FDB_LEARNT    // learnt, or to be treated so: it ages and moves
	EntryPermanent EntryKind = C.VTEP_ENGINE_FDB_PERMANENT // configured
	EntryExternal  EntryKind = C.VTEP_ENGINE_FDB_EXTERNAL  // from a control plane; like a configured one
)

// EngineFDBEntry is where a station is: behind a port, or behind a remote.
type EngineFDBEntry struct {
	VNI        VNI
	MAC        net.HardwareAddr
	Port       *EnginePort // behind a port; then there is no remote
	Remote     netip.Addr  // behind a remote
	RemotePort *uint16     // nil: the VNI's
	SendVNI    *VNI        // the VNI to send with; nil: the entry's
	Kind       EntryKind
	Sticky     bool          // it does not move
	Router     bool          // see VNIPolicy.RouteShortCircuit
	Idle       time.Duration // since the last frame; only read
}

func (entry *EngineFDBEntry) fill(out *C.vtep_engine_fdb_entry, in *input) {
	var has bits
	*out = C.vtep_engine_fdb_entry{
		size: C.sizeof_vtep_engine_fdb_entry, vni: C.uint32_t(entry.VNI), mac: in.mac("EngineFDBEntry.MAC", entry.MAC),
		remote: in.ip("EngineFDBEntry.Remote", entry.Remote), kind: C.uint8_t(entry.Kind), sticky: flag(entry.Sticky),
		router: flag(entry.Router),
	}
	if has.set(C.VTEP_ENGINE_FDB_HAS_PORT, entry.Port != nil) {
		out.port = C.uint32_t(*entry.Port)
	}
	if has.set(C.VTEP_ENGINE_FDB_HAS_REMOTE_PORT, entry.RemotePort != nil) {
		out.remote_port = C.uint32_t(*entry.RemotePort)
	}
	if has.set(C.VTEP_ENGINE_FDB_HAS_SEND_VNI, entry.SendVNI != nil) {
		out.send_vni = C.uint32_t(*entry.SendVNI)
	}
	out.has = C.uint32_t(has)
}

func (entry *EngineFDBEntry) read(c *C.vtep_engine_fdb_entry) {
	*entry = EngineFDBEntry{
		VNI:        VNI(c.vni),
		MAC:        goMAC(&c.mac),
		Port:       optional(c.has&C.VTEP_ENGINE_FDB_HAS_PORT != 0, EnginePort(c.port)),
		Remote:     goIP(&c.remote),
		RemotePort: optional(c.has&C.VTEP_ENGINE_FDB_HAS_REMOTE_PORT != 0, uint16(c.remote_port)),
		SendVNI:    optional(c.has&C.VTEP_ENGINE_FDB_HAS_SEND_VNI != 0, VNI(c.send_vni)),
		Kind:       EntryKind(c.kind),
		Sticky:     c.sticky != 0,
		Router:     c.router != 0,
		Idle:       time.Duration(c.idle) * time.Millisecond,
	}
}

// SetFDB puts an entry in; it replaces one of the same VNI and address, with all its remotes.
//
// Errors: [ErrNotFound] for the VNI or the port, [ErrNoSpace], [ErrInvalid].
func (engine *Engine) SetFDB(entry EngineFDBEntry, now time.Duration) error {
	var in input
	var c C.vtep_engine_fdb_entry
	entry.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_fdb_set(handle, &c, milliseconds(now), err)
	})
}

// AppendFDB adds one more remote to an entry, or makes the entry: frames go to each of them. Not for learnt entries.
//
// Errors: as [Engine.SetFDB], and [ErrExists] if it has this remote.
func (engine *Engine) AppendFDB(entry EngineFDBEntry, now time.Duration) error {
	var in input
	var c C.vtep_engine_fdb_entry
	entry.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_fdb_append(handle, &c, milliseconds(now), err)
	})
}

// RemoveFDB takes an entry out, with all its remotes.
//
// Errors: [ErrNotFound].
func (engine *Engine) RemoveFDB(vni VNI, mac net.HardwareAddr) error {
	var in input
	c := in.mac("mac", mac)
	if in.err != nil {
		return in.err
	}
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_fdb_remove(handle, C.uint32_t(vni), &c, err)
	})
}

// FlushFDB takes out all entries of a VNI that were learnt.
//
// Errors: [ErrNotFound].
func (engine *Engine) FlushFDB(vni VNI) error {
	return engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_fdb_flush(handle, C.uint32_t(vni), err)
	})
}

// FDBCount is how many entries there are, of all VNIs together.
func (engine *Engine) FDBCount() (int, error) {
	var count C.uint32_t
	err := engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		count = C.vtep_engine_fdb_count(handle)
		return C.VTEP_OK
	})
	return int(count), err
}

// FDB lists a VNI's entries, in no particular order: one element for each remote.
//
// Errors: [ErrNotFound].
func (engine *Engine) FDB(vni VNI, now time.Duration) ([]EngineFDBEntry, error) {
	var list *C.vtep_engine_fdb_list
	err := engine.call(func(handle *C.vtep_engine, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_fdb(handle, C.uint32_t(vni), milliseconds(now), &list, err)
	})
	if err != nil {
		return nil, err
	}
	return goEngineFDB(list), nil
}

// goEngineFDB reads a list and ends it.
func goEngineFDB(list *C.vtep_engine_fdb_list) []EngineFDBEntry {
	defer C.vtep_engine_fdb_list_free(list)
	entries := make([]EngineFDBEntry, int(C.vtep_engine_fdb_list_count(list)))
	c := C.vtep_engine_fdb_entry{size: C.sizeof_vtep_engine_fdb_entry}
	for i := range entries {
		if C.vtep_engine_fdb_list_get(list, C.uint32_t(i), &c, nil) == C.VTEP_OK {
			entries[i].read(&c)
		}
	}
	return entries
}

// SetBinding says which station has an IP address, for VNIPolicy.Neighbours; it replaces one of the same address.
//
// Errors: [ErrNotFound] for the VNI, [ErrNoSpace], [ErrInvalid].
func (engine *Engine) SetBinding(vni VNI, address netip.Addr, mac net.HardwareAddr, router bool) error {
	var in input
	station := in.mac("mac", mac)
	if in.err != nil {
		return in.err
	}
	return engine.withIP("address", address, func(handle *C.vtep_engine, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_binding_set(handle, C.uint32_t(vni), c, &station, flag(router), err)
	})
}

// Binding is the station that has an IP address, set or learnt.
//
// Errors: [ErrNotFound].
func (engine *Engine) Binding(vni VNI, address netip.Addr) (net.HardwareAddr, error) {
	var mac C.vtep_mac
	err := engine.withIP("address", address, func(handle *C.vtep_engine, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_binding_get(handle, C.uint32_t(vni), c, &mac, err)
	})
	if err != nil {
		return nil, err
	}
	return goMAC(&mac), nil
}

// RemoveBinding takes a binding out, set or learnt.
//
// Errors: [ErrNotFound].
func (engine *Engine) RemoveBinding(vni VNI, address netip.Addr) error {
	return engine.withIP("address", address, func(handle *C.vtep_engine, c *C.vtep_ip, err *C.vtep_error) C.vtep_status {
		return C.vtep_engine_binding_remove(handle, C.uint32_t(vni), c, err)
	})
}
