package vtep

// #include <vtep.h>
import "C"

import "net"

// VethOptions is a pair of virtual Ethernet links to be made. Name and PeerName are required. At most one of
// PeerNamespacePath, PeerNamespaceFD and PeerNamespacePID says where the peer is made; without, beside the first end.
type VethOptions struct {
	Name              string
	PeerName          string
	PeerNamespacePath string           // as in OpenPath
	PeerNamespaceFD   *int             // as in OpenFD
	PeerNamespacePID  *int             // as in OpenPID
	Master            string           // the bridge the first end becomes a port of
	MTU               *int             // of both ends: 68...65535
	MAC               net.HardwareAddr // a unicast address; nil: the kernel makes one up
	PeerMAC           net.HardwareAddr
	Up                bool // set both ends up
}

func (options *VethOptions) fill(out *C.vtep_veth_options, in *input) {
	var has bits
	*out = C.vtep_veth_options{
		size: C.sizeof_vtep_veth_options, up: flag(options.Up),
		name:            in.required("VethOptions.Name", options.Name),
		peer_name:       in.required("VethOptions.PeerName", options.PeerName),
		peer_netns_path: in.text("VethOptions.PeerNamespacePath", options.PeerNamespacePath),
		master:          in.text("VethOptions.Master", options.Master),
	}
	if has.set(C.VTEP_VETH_OPTIONS_HAS_PEER_NETNS_FD, options.PeerNamespaceFD != nil) {
		out.peer_netns_fd = in.signed("VethOptions.PeerNamespaceFD", *options.PeerNamespaceFD)
	}
	if has.set(C.VTEP_VETH_OPTIONS_HAS_PEER_NETNS_PID, options.PeerNamespacePID != nil) {
		out.peer_netns_pid = in.signed("VethOptions.PeerNamespacePID", *options.PeerNamespacePID)
	}
	if has.set(C.VTEP_VETH_OPTIONS_HAS_MTU, options.MTU != nil) {
		out.mtu = in.number("VethOptions.MTU", *options.MTU)
	}
	if has.set(C.VTEP_VETH_OPTIONS_HAS_MAC, options.MAC != nil) {
		out.mac = in.mac("VethOptions.MAC", options.MAC)
	}
	if has.set(C.VTEP_VETH_OPTIONS_HAS_PEER_MAC, options.PeerMAC != nil) {
		out.peer_mac = in.mac("VethOptions.PeerMAC", options.PeerMAC)
	}
	out.has = C.uint32_t(has)
}

// CreateVeth makes a veth pair: ip link add NAME type veth peer name PEER. It returns the first end as the kernel then
// describes it. Where an end can't be set up, the pair is deleted again.
//
// Errors: [ErrInvalid], [ErrExists] where a name is taken, [ErrNotFound] for the master or the peer's namespace,
// [ErrPermission].
func (host *Host) CreateVeth(options VethOptions) (Link, error) {
	var in input
	defer in.free()
	var c C.vtep_veth_options
	options.fill(&c, &in)
	return host.create(&in, func(handle *C.vtep_host, out *C.vtep_link, err *C.vtep_error) C.vtep_status {
		return C.vtep_host_veth_create(handle, &c, out, err)
	})
}
