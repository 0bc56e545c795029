package tables

import (
	"fmt"
	"net"
	"net/netip"
	"strings"

	"vtep"
)

// Routes are the IPv4 routes, as route -n prints them.
func (tables *Tables) Routes() string {
	lines := []string{"Kernel IP routing table",
		"Destination     Gateway         Genmask         Flags Metric Ref    Use Iface"}
	for i := range tables.routes {
		if route := &tables.routes[i]; route.Destination.Addr().Is4() && *route.Type != vtep.RouteBroadcast {
			lines = append(lines, tables.row(route))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func (tables *Tables) row(route *vtep.Route) string {
	gatewayAddress, index := route.Gateway, route.LinkIndex
	if len(route.NextHops) > 0 { // with several next hops route shows the first
		gatewayAddress, index = route.NextHops[0].Gateway, route.NextHops[0].LinkIndex
	}
	gateway, uses, link := "0.0.0.0", "0        0", "*"
	if gatewayAddress.IsValid() {
		gateway = gatewayAddress.String()
	}
	if index != 0 {
		link = tables.name(index)
	}
	flags := route.FlagLetters()
	// References and uses: nobody counts them since the kernel has no route cache.
	if strings.HasPrefix(flags, "!") {
		gateway, uses, link = "-", "-        0", "-"
	}
	return fmt.Sprintf("%-15s %-15s %-15s %-5s %-6d %s %s", route.Destination.Masked().Addr(), gateway,
		netmask(route.Destination), flags, metric(route), uses, link)
}

func netmask(prefix netip.Prefix) string {
	return net.IP(net.CIDRMask(prefix.Bits(), 32)).String()
}

func metric(route *vtep.Route) uint32 {
	if route.Metric == nil {
		return 0
	}
	return *route.Metric
}

// Routes6 are the IPv6 routes, in the words of ip -6 route.
func (tables *Tables) Routes6() string {
	var text strings.Builder
	for i := range tables.routes {
		if route := &tables.routes[i]; route.Destination.Addr().Is6() {
			text.WriteString(tables.line(route))
		}
	}
	return text.String()
}

func (tables *Tables) line(route *vtep.Route) string {
	line := route.Destination.String()
	if route.Destination.Bits() == 0 {
		line = "default"
	}
	line += tables.hop(route.Gateway, route.LinkIndex)
	for _, hop := range route.NextHops {
		line += tables.hop(hop.Gateway, hop.LinkIndex)
	}
	return fmt.Sprintf("%s proto %v metric %d\n", line, *route.Origin, metric(route))
}

func (tables *Tables) hop(gateway netip.Addr, index int) string {
	var text string
	if gateway.IsValid() {
		text += " via " + gateway.String()
	}
	if index != 0 {
		text += " dev " + tables.name(index)
	}
	return text
}
