package vtep

// #include <stdlib.h>
// #include <vtep.h>
import "C"

import (
	"net/netip"
	"unsafe"
)

// EncapsulationType is a kind of encapsulation (LWTUNNEL_ENCAP_*). An open set.
type EncapsulationType uint16

const (
	EncapsulationMPLS EncapsulationType = C.VTEP_ENCAPSULATION_MPLS
	EncapsulationIP   EncapsulationType = C.VTEP_ENCAPSULATION_IP  // a tunnel over IPv4, such as an external VXLAN device's
	EncapsulationIP6  EncapsulationType = C.VTEP_ENCAPSULATION_IP6 // or over IPv6
	EncapsulationSeg6 EncapsulationType = C.VTEP_ENCAPSULATION_SEG6
	EncapsulationBPF  EncapsulationType = C.VTEP_ENCAPSULATION_BPF
)

// TunnelFlags are those of a tunnel's packets.
type TunnelFlags uint16

const (
	TunnelChecksum     TunnelFlags = C.VTEP_TUNNEL_CHECKSUM // outer checksums
	TunnelKey          TunnelFlags = C.VTEP_TUNNEL_KEY      // the id counts; VXLAN needs no such flag
	TunnelSequence     TunnelFlags = C.VTEP_TUNNEL_SEQUENCE // sequence numbers, of tunnels that have them
	TunnelDontFragment TunnelFlags = C.VTEP_TUNNEL_DONT_FRAGMENT
)

// Encapsulation is what a route, a next hop or a nexthop object wraps its packets in (ip route add ... encap). All but
// Type and Attributes are of IP and IP6.
type Encapsulation struct {
	Type        EncapsulationType
	ID          uint64 // for VXLAN the VNI
	Flags       TunnelFlags
	TTL         uint8      // of the outer header; 0: the device's own
	TOS         uint8      // TOS or traffic class
	Destination netip.Addr // the remote VTEP
	Source      netip.Addr // the zero Addr: the kernel chooses
	GroupPolicy *uint32    // VXLAN's group policy
	// Attributes are what is inside, as the kernel writes it: of other kinds all of it, of IP and IP6 the options of other
	// tunnels than VXLAN.
	Attributes []byte
}

// encapsulation lies in C's memory; NULL for nil.
func (in *input) encapsulation(encapsulation *Encapsulation) *C.vtep_encapsulation {
	const most = 4096 // the library's
	if encapsulation == nil {
		return nil
	}
	if len(encapsulation.Attributes) > most {
		in.fail("Encapsulation.Attributes has %d bytes, more than %d", len(encapsulation.Attributes), most)
		return nil
	}
	memory := C.calloc(1, C.sizeof_vtep_encapsulation)
	in.memory = append(in.memory, memory)
	out := (*C.vtep_encapsulation)(memory)
	out.size = C.sizeof_vtep_encapsulation
	out._type, out.id, out.flags = C.uint16_t(encapsulation.Type), C.uint64_t(encapsulation.ID), C.uint16_t(encapsulation.Flags)
	out.ttl, out.tos = C.uint8_t(encapsulation.TTL), C.uint8_t(encapsulation.TOS)
	out.destination = in.ip("Encapsulation.Destination", encapsulation.Destination)
	out.source = in.ip("Encapsulation.Source", encapsulation.Source)
	if encapsulation.GroupPolicy != nil {
		out.has |= C.VTEP_ENCAPSULATION_HAS_GROUP_POLICY
		out.group_policy = C.uint32_t(*encapsulation.GroupPolicy)
	}
	if len(encapsulation.Attributes) > 0 {
		bytes := C.CBytes(encapsulation.Attributes)
		in.memory = append(in.memory, bytes)
		out.attributes, out.attributes_length = (*C.uint8_t)(bytes), C.uint32_t(len(encapsulation.Attributes))
	}
	return out
}

// goEncapsulation is nil for NULL.
func goEncapsulation(c *C.vtep_encapsulation) *Encapsulation {
	if c == nil {
		return nil
	}
	return &Encapsulation{
		Type: EncapsulationType(c._type), ID: uint64(c.id), Flags: TunnelFlags(c.flags), TTL: uint8(c.ttl),
		TOS: uint8(c.tos), Destination: goIP(&c.destination), Source: goIP(&c.source),
		GroupPolicy: optional(c.has&C.VTEP_ENCAPSULATION_HAS_GROUP_POLICY != 0, uint32(c.group_policy)),
		Attributes:  C.GoBytes(unsafe.Pointer(c.attributes), C.int(c.attributes_length)),
	}
}

// Metric is one of a route (RTAX_*). An open set.
type Metric uint32

const (
	MetricMTU              Metric = C.VTEP_METRIC_MTU      // bytes
	MetricWindow           Metric = C.VTEP_METRIC_WINDOW   // bytes
	MetricRTT              Metric = C.VTEP_METRIC_RTT      // eighths of a millisecond
	MetricRTTVar           Metric = C.VTEP_METRIC_RTTVAR   // quarters of a millisecond
	MetricSSThresh         Metric = C.VTEP_METRIC_SSTHRESH // segments
	MetricCwnd             Metric = C.VTEP_METRIC_CWND     // segments; counts only where it is locked
	MetricAdvMSS           Metric = C.VTEP_METRIC_ADVMSS   // bytes
	MetricReordering       Metric = C.VTEP_METRIC_REORDERING
	MetricHopLimit         Metric = C.VTEP_METRIC_HOPLIMIT
	MetricInitCwnd         Metric = C.VTEP_METRIC_INITCWND // segments
	MetricFeatures         Metric = C.VTEP_METRIC_FEATURES // 1: ECN
	MetricRTOMin           Metric = C.VTEP_METRIC_RTO_MIN  // milliseconds
	MetricInitRwnd         Metric = C.VTEP_METRIC_INITRWND // segments
	MetricQuickAck         Metric = C.VTEP_METRIC_QUICKACK
	MetricFastOpenNoCookie Metric = C.VTEP_METRIC_FASTOPEN_NO_COOKIE
)

// RouteMetrics are what a route says about the connections over it.
type RouteMetrics struct {
	Values            map[Metric]uint32
	Locked            []Metric // those not to be adjusted to what the kernel learns
	CongestionControl string   // such as "bbr"
}

// routeMetrics lie in C's memory; NULL for nil.
func (in *input) routeMetrics(metrics *RouteMetrics) *C.vtep_route_metrics {
	if metrics == nil {
		return nil
	}
	memory := C.calloc(1, C.sizeof_vtep_route_metrics)
	in.memory = append(in.memory, memory)
	out := (*C.vtep_route_metrics)(memory)
	out.size = C.sizeof_vtep_route_metrics
	for metric, value := range metrics.Values {
		if int(metric) >= len(out.values) {
			in.fail("there is no metric %d", metric)
			return nil
		}
		out.has |= 1 << metric
		out.values[metric] = C.uint32_t(value)
	}
	for _, metric := range metrics.Locked {
		if int(metric) >= len(out.values) {
			in.fail("there is no metric %d", metric)
			return nil
		}
		out.locked |= 1 << metric
	}
	in.fixed("RouteMetrics.CongestionControl", metrics.CongestionControl, out.congestion_control[:])
	return out
}

func goRouteMetrics(c *C.vtep_route_metrics) *RouteMetrics {
	if c == nil {
		return nil
	}
	metrics := &RouteMetrics{Values: map[Metric]uint32{}, CongestionControl: C.GoString(&c.congestion_control[0])}
	for metric := range c.values {
		if c.has&(1<<metric) != 0 {
			metrics.Values[Metric(metric)] = uint32(c.values[metric])
		}
		if c.locked&(1<<metric) != 0 {
			metrics.Locked = append(metrics.Locked, Metric(metric))
		}
	}
	return metrics
}
