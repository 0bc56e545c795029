package vtep

// #include <vtep.h>
import "C"

import "time"

// Dialect is what the VXLAN header may hold besides the VNI.
type Dialect uint8

const (
	DialectPlain Dialect = C.VTEP_DIALECT_PLAIN
	DialectGBP   Dialect = C.VTEP_DIALECT_GBP // group policy
	DialectGPE   Dialect = C.VTEP_DIALECT_GPE // VXLAN-GPE
)

// ReservedBits is what becomes of datagrams with reserved bits that are not 0.
type ReservedBits uint8

const (
	ReservedBitsRefuse ReservedBits = C.VTEP_RESERVED_BITS_REFUSE
	ReservedBitsIgnore ReservedBits = C.VTEP_RESERVED_BITS_IGNORE
)

// InnerVLAN is what becomes of frames with a VLAN tag.
type InnerVLAN uint8

const (
	InnerVLANPass InnerVLAN = C.VTEP_INNER_VLAN_PASS
	InnerVLANDrop InnerVLAN = C.VTEP_INNER_VLAN_DROP
)

// UnknownUnicast is what becomes of unicast frames whose destination is not known.
type UnknownUnicast uint8

const (
	UnknownUnicastFlood UnknownUnicast = C.VTEP_UNKNOWN_UNICAST_FLOOD
	UnknownUnicastDrop  UnknownUnicast = C.VTEP_UNKNOWN_UNICAST_DROP
)

// OuterDF is the engine's way with the outer "don't fragment" bit.
type OuterDF uint8

const (
	OuterDFClear   OuterDF = C.VTEP_DF_CLEAR
	OuterDFSet     OuterDF = C.VTEP_DF_SET
	OuterDFInherit OuterDF = C.VTEP_DF_INHERIT
)

// Oversized is what becomes of frames that are longer than the underlay takes.
type Oversized uint8

const (
	OversizedAnswer Oversized = C.VTEP_OVERSIZED_ANSWER // answered with ICMP and dropped
	OversizedDrop   Oversized = C.VTEP_OVERSIZED_DROP
	OversizedSend   Oversized = C.VTEP_OVERSIZED_SEND // sent all the same
)

// NeighbourRequests is what becomes of ARP and ND requests.
type NeighbourRequests uint8

const (
	NeighboursFlood    NeighbourRequests = C.VTEP_NEIGHBOURS_FLOOD
	NeighboursSuppress NeighbourRequests = C.VTEP_NEIGHBOURS_SUPPRESS // answered where the answer is known, else flooded
	NeighboursProxy    NeighbourRequests = C.VTEP_NEIGHBOURS_PROXY    // answered or dropped
)

// VNIPolicy is how one VNI is handled. The zero value: as the kernel's VXLAN device does it, except that peers are an
// allow-list.
type VNIPolicy struct {
	DestinationPort        *uint16        // of remotes that name no other; nil: 4789
	Learning               *bool          // nil: true
	Ageing                 *time.Duration // whole seconds, 0...864000 s; 0: never; nil: 300 s
	LearningLimit          *uint32        // how many entries may be learnt; nil: no limit
	LearningLimitPerRemote *uint32        // how many from one remote; nil: no limit
	MoveLimit              *uint8         // moves of one address in MovePeriod; 0: no limit; nil: 5
	MovePeriod             *time.Duration // whole seconds, 1...255 s; nil: 10 s
	TTL                    *uint8         // 1...255; nil: the route's default, and 1 for groups
	TOS                    *uint8         // nil: 0. The ECN bits follow RFC 6040
	AcceptsUnknownRemotes  bool           // datagrams from addresses pass that are not configured
	TTLInherit             bool           // the inner packet's TTL; not together with TTL
	TOSInherit             bool           // the inner packet's TOS; not together with TOS
	ZeroChecksum           bool           // outer UDP checksums are 0
	LearnsBindings         bool           // ARP and ND bindings are learnt from traffic
	RouteShortCircuit      bool           // IP frames for a router's entry go straight to a known neighbour
	Dialect                Dialect
	ReservedBits           ReservedBits
	InnerVLAN              InnerVLAN
	UnknownUnicast         UnknownUnicast
	DontFragment           OuterDF
	Oversized              Oversized
	Neighbours             NeighbourRequests
}

func (policy *VNIPolicy) fill(out *C.vtep_vni_policy, in *input) {
	var has bits
	*out = C.vtep_vni_policy{
		size:                    C.sizeof_vtep_vni_policy,
		accepts_unknown_remotes: flag(policy.AcceptsUnknownRemotes),
		ttl_inherit:             flag(policy.TTLInherit),
		tos_inherit:             flag(policy.TOSInherit),
		zero_checksum:           flag(policy.ZeroChecksum),
		learns_bindings:         flag(policy.LearnsBindings),
		route_short_circuit:     flag(policy.RouteShortCircuit),
		dialect:                 C.uint8_t(policy.Dialect),
		reserved_bits:           C.uint8_t(policy.ReservedBits),
		inner_vlan:              C.uint8_t(policy.InnerVLAN),
		unknown_unicast:         C.uint8_t(policy.UnknownUnicast),
		dont_fragment:           C.uint8_t(policy.DontFragment),
		oversized:               C.uint8_t(policy.Oversized),
		neighbours:              C.uint8_t(policy.Neighbours),
	}
	if has.set(C.VTEP_POLICY_HAS_DESTINATION_PORT, policy.DestinationPort != nil) {
		out.destination_port = C.uint32_t(*policy.DestinationPort)
	}
	if has.set(C.VTEP_POLICY_HAS_LEARNING, policy.Learning != nil) {
		out.learning = flag(*policy.Learning)
	}
	if has.set(C.VTEP_POLICY_HAS_AGEING, policy.Ageing != nil) {
		out.ageing = in.duration("VNIPolicy.Ageing", *policy.Ageing, time.Second)
	}
	has.number(C.VTEP_POLICY_HAS_LEARNING_LIMIT, &out.learning_limit, policy.LearningLimit)
	has.number(C.VTEP_POLICY_HAS_LEARNING_LIMIT_PER_REMOTE, &out.learning_limit_per_remote, policy.LearningLimitPerRemote)
	if has.set(C.VTEP_POLICY_HAS_MOVE_LIMIT, policy.MoveLimit != nil) {
		out.move_limit = C.uint32_t(*policy.MoveLimit)
	}
	if has.set(C.VTEP_POLICY_HAS_MOVE_PERIOD, policy.MovePeriod != nil) {
		out.move_period = in.duration("VNIPolicy.MovePeriod", *policy.MovePeriod, time.Second)
	}
	if has.set(C.VTEP_POLICY_HAS_TTL, policy.TTL != nil) {
		out.ttl = C.uint32_t(*policy.TTL)
	}
	if has.set(C.VTEP_POLICY_HAS_TOS, policy.TOS != nil) {
		out.tos = C.uint32_t(*policy.TOS)
	}
	out.has = C.uint32_t(has)
}
