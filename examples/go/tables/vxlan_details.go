package tables

import (
	"fmt"
	"strings"
	"time"

	"vtep"
)

// VXLANs is a line for each VXLAN device, in the words of ip -d link.
func (tables *Tables) VXLANs() string {
	var text strings.Builder
	for i := range tables.links {
		if tables.links[i].VXLAN != nil {
			text.WriteString(tables.details(&tables.links[i]))
		}
	}
	return text.String()
}

func (tables *Tables) details(link *vtep.Link) string {
	words := append([]string{link.Name + ": vxlan"}, tables.identity(link.VXLAN)...)
	words = append(words, forwarding(link.VXLAN)...)
	return strings.Join(append(words, checksums(link.VXLAN)...), " ") + "\n"
}

func (tables *Tables) identity(vxlan *vtep.VXLAN) []string {
	words := []string{"external"}
	if vxlan.VNI != nil {
		words = []string{fmt.Sprint("id ", *vxlan.VNI)}
	}
	if vxlan.Remote.IsValid() {
		words = append(words, "remote "+vxlan.Remote.String())
	}
	if vxlan.Group.IsValid() {
		words = append(words, "group "+vxlan.Group.String())
	}
	if vxlan.Local.IsValid() {
		words = append(words, "local "+vxlan.Local.String())
	}
	if vxlan.DeviceIndex != 0 {
		words = append(words, "dev "+tables.name(vxlan.DeviceIndex))
	}
	var ports vtep.PortRange // 0 0 stands for the kernel's own range, net.ipv4.ip_local_port_range
	if vxlan.SourcePorts != nil {
		ports = *vxlan.SourcePorts
	}
	return append(words, fmt.Sprintf("srcport %d %d dstport %d", ports.First, ports.Last, vxlan.DestinationPort))
}

func forwarding(vxlan *vtep.VXLAN) []string {
	var words []string
	if !vxlan.Learning {
		words = append(words, "nolearning")
	}
	if vxlan.TOS == 1 {
		words = append(words, "tos inherit")
	} else if vxlan.TOS != 0 {
		words = append(words, fmt.Sprintf("tos 0x%x", vxlan.TOS))
	}
	switch {
	case vxlan.TTLInherit:
		words = append(words, "ttl inherit")
	case vxlan.TTL == 0:
		words = append(words, "ttl auto")
	default:
		words = append(words, fmt.Sprint("ttl ", vxlan.TTL))
	}
	if vxlan.Ageing == 0 {
		words = append(words, "ageing none")
	} else {
		words = append(words, fmt.Sprint("ageing ", int64(vxlan.Ageing/time.Second)))
	}
	if vxlan.MaximumEntries != 0 {
		words = append(words, fmt.Sprint("maxaddr ", vxlan.MaximumEntries))
	}
	return words
}

func checksums(vxlan *vtep.VXLAN) []string {
	name := func(name string, isOn bool) string {
		if isOn {
			return name
		}
		return "no" + name
	}
	return []string{name("udpcsum", vxlan.UDPChecksum), name("udp6zerocsumtx", vxlan.UDP6ZeroChecksumTx),
		name("udp6zerocsumrx", vxlan.UDP6ZeroChecksumRx)}
}
