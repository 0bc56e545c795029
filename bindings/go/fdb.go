package vtep

// #include <vtep.h>
import "C"

import (
	"net"
	"net/netip"
	"time"
)

// FDBEntry is where frames to a MAC address go, on a VXLAN device or a bridge port (bridge fdb).
type FDBEntry struct {
	LinkIndex   int              // required: the VXLAN device or bridge port
	MAC         net.HardwareAddr // all zero: what the VXLAN device doesn't know
	Destination netip.Addr       // the remote VTEP, or a group; VXLAN devices only
	VNI         *VNI             // nil: the device's own
	SourceVNI   *VNI             // what it is looked up under on an external device
	Port        *uint16          // UDP port of the remote; nil: the device's own
	VLAN        *uint16          // 1...4094
	ViaIndex    int              // the underlay link to send by; 0: by the route
	NextHopID   uint32           // the FDB nexthop group in place of Destination, VNI, Port and ViaIndex; 0: none
	State       *NeighbourState  // nil: NeighbourPermanent; always there when it was read
	Flags       *NeighbourFlags  // nil: NeighbourSelf; always there when it was read
	Activity    *FDBActivity     // a bridge's

	// What is only read:

	MasterIndex int            // the bridge it belongs to; 0: none
	ViaNetNSID  *int           // the namespace ViaIndex counts in, if another one
	Used        *time.Duration // how long ago a frame used it
	Updated     *time.Duration // how long ago it was made or changed
}

func (entry *FDBEntry) fill(out *C.vtep_fdb_entry, in *input) {
	var has bits
	*out = C.vtep_fdb_entry{size: C.sizeof_vtep_fdb_entry, next_hop_id: C.uint32_t(entry.NextHopID)}
	out.link_index = in.number("FDBEntry.LinkIndex", entry.LinkIndex)
	out.via_index = in.number("FDBEntry.ViaIndex", entry.ViaIndex)
	out.mac = in.mac("FDBEntry.MAC", entry.MAC)
	out.destination = in.ip("FDBEntry.Destination", entry.Destination)
	if has.set(C.VTEP_FDB_HAS_VNI, entry.VNI != nil) {
		out.vni = C.uint32_t(*entry.VNI)
	}
	if has.set(C.VTEP_FDB_HAS_SOURCE_VNI, entry.SourceVNI != nil) {
		out.source_vni = C.uint32_t(*entry.SourceVNI)
	}
	if has.set(C.VTEP_FDB_HAS_PORT, entry.Port != nil) {
		out.port = C.uint32_t(*entry.Port)
	}
	if has.set(C.VTEP_FDB_HAS_VLAN, entry.VLAN != nil) {
		out.vlan = C.uint32_t(*entry.VLAN)
	}
	if has.set(C.VTEP_FDB_HAS_STATE, entry.State != nil) {
		out.state = C.uint16_t(*entry.State)
	}
	if has.set(C.VTEP_FDB_HAS_FLAGS, entry.Flags != nil) {
		out.flags = C.uint32_t(*entry.Flags)
	}
	if has.set(C.VTEP_FDB_HAS_ACTIVITY, entry.Activity != nil) {
		out.activity = C.uint8_t(*entry.Activity)
	}
	out.has = C.uint32_t(has)
}

// fdbValues are what the pointers of an entry point to, so that a list allocates once and not for each of them.
type fdbValues struct {
	used, updated  time.Duration
	viaNetNSID     int
	vni, sourceVNI VNI
	flags          NeighbourFlags
	port, vlan     uint16
	state          NeighbourState
	activity       FDBActivity
	mac            [macLength]byte
}

func (entry *FDBEntry) read(c *C.vtep_fdb_entry, values *fdbValues) {
	values.mac = *macBytes(&c.mac)
	entry.LinkIndex = int(c.link_index)
	entry.MAC = values.mac[:]
	entry.Destination = goIP(&c.destination)
	entry.VNI = keep(c.has&C.VTEP_FDB_HAS_VNI, &values.vni, VNI(c.vni))
	entry.SourceVNI = keep(c.has&C.VTEP_FDB_HAS_SOURCE_VNI, &values.sourceVNI, VNI(c.source_vni))
	entry.Port = keep(c.has&C.VTEP_FDB_HAS_PORT, &values.port, uint16(c.port))
	entry.VLAN = keep(c.has&C.VTEP_FDB_HAS_VLAN, &values.vlan, uint16(c.vlan))
	entry.ViaIndex = int(c.via_index)
	entry.NextHopID = uint32(c.next_hop_id)
	entry.State = keep(c.has&C.VTEP_FDB_HAS_STATE, &values.state, NeighbourState(c.state))
	entry.Flags = keep(c.has&C.VTEP_FDB_HAS_FLAGS, &values.flags, NeighbourFlags(c.flags))
	entry.Activity = keep(c.has&C.VTEP_FDB_HAS_ACTIVITY, &values.activity, FDBActivity(c.activity))
	entry.MasterIndex = int(c.master_index)
	entry.ViaNetNSID = keep(c.has&C.VTEP_FDB_HAS_VIA_NETNSID, &values.viaNetNSID, int(c.via_netnsid))
	entry.Used = keep(c.has&C.VTEP_FDB_HAS_AGES, &values.used, hundredths(c.used))
	entry.Updated = keep(c.has&C.VTEP_FDB_HAS_AGES, &values.updated, hundredths(c.updated))
}

// FDB lists the forwarding database of one link, or of all where name is empty: bridge fdb show.
//
// Errors: [ErrNotFound] for the link.
func (host *Host) FDB(name string) ([]FDBEntry, error) {
	var list *C.vtep_fdb_list
	err := host.maybeNamed(name, func(handle *C.vtep_host, name *C.char, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_fdb(handle, name, &list, err)
	})
	if err != nil {
		return nil, err
	}
	defer C.vtep_fdb_list_free(list)
	count := int(C.vtep_fdb_list_count(list))
	entries, values := make([]FDBEntry, count), make([]fdbValues, count)
	elements(count, func(first, count C.uint32_t, run *C.vtep_fdb_entry) C.vtep_status {
		run.size = C.sizeof_vtep_fdb_entry
		return C.vtep_fdb_list_copy(list, first, count, run, nil)
	}, func(i int, element *C.vtep_fdb_entry) {
		entries[i].read(element, &values[i])
	})
	return entries, nil
}

// FDBEntry finds one entry: bridge fdb get. Of one with several remotes, the kernel tells the first; the list has them
// all. key has LinkIndex, MAC and Flags, which say which table, and VLAN or SourceVNI where entries are told apart by
// them; the rest of it is ignored.
//
// Errors: [ErrNotFound]; [ErrInvalid] with NeighbourMaster for a link that is no bridge port.
func (host *Host) FDBEntry(key FDBEntry) (FDBEntry, error) {
	var entry FDBEntry
	var out C.vtep_fdb_entry
	out.size = C.sizeof_vtep_fdb_entry
	err := host.changeFDB(&key, func(handle *C.vtep_host, c *C.vtep_fdb_entry, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_fdb_get(handle, c, &out, err)
	})
	if err == nil {
		entry.read(&out, new(fdbValues))
	}
	return entry, err
}

// AddFDB adds an entry: bridge fdb add.
//
// Errors: [ErrExists] where there is one for that MAC address, [ErrInvalid], [ErrNotFound] for the link,
// [ErrNotSupported] with NeighbourMaster for a link that is no bridge port, [ErrPermission].
func (host *Host) AddFDB(entry FDBEntry) error {
	return host.changeFDB(&entry, func(handle *C.vtep_host, c *C.vtep_fdb_entry, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_fdb_add(handle, c, err)
	})
}

// AppendFDB adds another remote for the MAC address: bridge fdb append. The kernel allows it for all-zero and group
// addresses of a VXLAN device.
func (host *Host) AppendFDB(entry FDBEntry) error {
	return host.changeFDB(&entry, func(handle *C.vtep_host, c *C.vtep_fdb_entry, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_fdb_append(handle, c, err)
	})
}

// ReplaceFDB adds an entry, or puts it in place of the one there is: bridge fdb replace. The kernel allows it for
// unicast addresses.
func (host *Host) ReplaceFDB(entry FDBEntry) error {
	return host.changeFDB(&entry, func(handle *C.vtep_host, c *C.vtep_fdb_entry, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_fdb_replace(handle, c, err)
	})
}

// DeleteFDB deletes an entry, or one of several remotes where Destination is set: bridge fdb del. An entry that was read
// can be passed back.
//
// Errors: [ErrNotFound], [ErrPermission].
func (host *Host) DeleteFDB(entry FDBEntry) error {
	return host.changeFDB(&entry, func(handle *C.vtep_host, c *C.vtep_fdb_entry, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_fdb_delete(handle, c, err)
	})
}

// changeFDB is a call about one entry.
func (host *Host) changeFDB(
	entry *FDBEntry, change func(*C.vtep_host, *C.vtep_fdb_entry, *C.vtep_error) C.vtep_status,
) error {
	var in input
	var c C.vtep_fdb_entry
	entry.fill(&c, &in)
	if in.err != nil {
		return in.err
	}
	return host.call(func(handle *C.vtep_host, err *C.vtep_error) C.vtep_status { return change(handle, &c, err) })
}
