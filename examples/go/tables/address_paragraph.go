package tables

import (
	"fmt"
	"strings"
	"time"

	"vtep"
)

// Addresses are the paragraphs of all links: ip addr.
func (tables *Tables) Addresses() string {
	var text strings.Builder
	for i := range tables.links {
		text.WriteString(tables.paragraph(&tables.links[i]))
	}
	return text.String()
}

// paragraph is a link's of ip addr: the link, its MAC address, its addresses.
func (tables *Tables) paragraph(link *vtep.Link) string {
	lines := []string{tables.headline(link)}
	if link.MAC != nil && link.Broadcast != nil {
		lines = append(lines, hardware(link))
	}
	for _, isIPv6 := range []bool{false, true} { // ip lists IPv4 before IPv6
		for i := range tables.addresses {
			address := &tables.addresses[i]
			if address.LinkIndex != link.Index || address.Prefix.Addr().Is6() != isIPv6 {
				continue
			}
			lines = append(lines, summary(address), fmt.Sprintf("       valid_lft %s preferred_lft %s",
				lifetime(address.ValidLifetime), lifetime(address.PreferredLifetime)))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func (tables *Tables) headline(link *vtep.Link) string {
	words := []string{fmt.Sprintf("%d: %s: <%s>", link.Index, tables.fullName(link), tables.linkFlags(link)),
		fmt.Sprint("mtu ", link.MTU), "qdisc " + link.Qdisc}
	if link.MasterIndex != 0 {
		words = append(words, "master "+tables.name(link.MasterIndex))
	}
	words = append(words, "state "+link.OperState.String())
	if link.Group == 0 {
		words = append(words, "group default")
	} else {
		words = append(words, fmt.Sprint("group ", link.Group))
	}
	if link.TxQueueLength != 0 {
		words = append(words, fmt.Sprint("qlen ", link.TxQueueLength))
	}
	return strings.Join(words, " ")
}

// fullName is NAME@LOWER; the other end of a veth may be in another namespace, where its index says nothing about our
// links.
func (tables *Tables) fullName(link *vtep.Link) string {
	switch {
	case link.LowerIndex == 0:
		return link.Name
	case link.LowerNetNSID != nil:
		return fmt.Sprintf("%s@if%d", link.Name, link.LowerIndex)
	}
	return link.Name + "@" + tables.name(link.LowerIndex)
}

func hardware(link *vtep.Link) string {
	kind := "ether"
	if link.Flags&vtep.LinkLoopback != 0 {
		kind = "loopback"
	}
	line := fmt.Sprintf("    link/%s %v brd %v", kind, link.MAC, link.Broadcast)
	if link.LowerNetNSID != nil {
		line += fmt.Sprint(" link-netnsid ", *link.LowerNetNSID)
	}
	return line
}

var linkFlagNames = []struct {
	flag vtep.LinkFlags
	name string
}{
	{vtep.LinkLoopback, "LOOPBACK"}, {vtep.LinkBroadcast, "BROADCAST"}, {vtep.LinkPointToPoint, "POINTOPOINT"},
	{vtep.LinkMulticast, "MULTICAST"}, {vtep.LinkNoARP, "NOARP"}, {vtep.LinkAllMulticast, "ALLMULTI"},
	{vtep.LinkPromiscuous, "PROMISC"}, {vtep.LinkUp, "UP"}, {vtep.LinkLowerUp, "LOWER_UP"},
	{vtep.LinkDormant, "DORMANT"},
}

func (tables *Tables) linkFlags(link *vtep.Link) string {
	var names []string
	if link.IsUp() && link.Flags&vtep.LinkRunning == 0 {
		names = append(names, "NO-CARRIER")
	}
	for _, known := range linkFlagNames {
		if link.Flags&known.flag != 0 {
			names = append(names, known.name)
		}
	}
	// Nothing can come in over the other end of a veth, or the link underneath, while it is set down.
	if lower := tables.link(link.LowerIndex); lower != nil && link.LowerNetNSID == nil && !lower.IsUp() {
		names = append(names, "M-DOWN")
	}
	return strings.Join(names, ",")
}

// An IPv6 address is tentative for a second or two, while the kernel looks for a duplicate on the segment.
var addressFlagNames = []struct {
	flag vtep.AddressFlags
	name string
}{
	{vtep.AddressSecondary, "secondary"}, {vtep.AddressNoDAD, "nodad"}, {vtep.AddressDADFailed, "dadfailed"},
	{vtep.AddressDeprecated, "deprecated"}, {vtep.AddressTentative, "tentative"},
	{vtep.AddressManageTemp, "mngtmpaddr"}, {vtep.AddressNoPrefixRoute, "noprefixroute"},
}

func summary(address *vtep.Address) string {
	words := []string{"    inet", address.Prefix.String()}
	if address.Prefix.Addr().Is6() {
		words[0] = "    inet6"
	}
	if address.Peer.IsValid() {
		words[1] = fmt.Sprintf("%v peer %v/%d", address.Prefix.Addr(), address.Peer, address.Prefix.Bits())
	}
	if address.Broadcast.IsValid() {
		words = append(words, "brd "+address.Broadcast.String())
	}
	words = append(words, "scope "+address.Scope.String())
	for _, known := range addressFlagNames {
		if address.Flags&known.flag != 0 {
			words = append(words, known.name)
		}
	}
	if address.Flags&vtep.AddressPermanent == 0 {
		words = append(words, "dynamic")
	}
	// Only IPv4 has labels; ip leaves the blank in front of a missing one.
	return strings.Join(append(words, address.Label), " ")
}

func lifetime(duration *time.Duration) string {
	if duration == nil {
		return "forever"
	}
	return fmt.Sprintf("%dsec", int64(*duration/time.Second))
}
