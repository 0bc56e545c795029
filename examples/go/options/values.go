package options

import (
	"fmt"
	"net/netip"
	"strconv"

	"vtep"
)

// set takes a value in; where the text is none, it says why.
func (options *Options) set(name, text string) (why string) {
	vxlan := &options.VXLAN
	switch name {
	case "remote":
		vxlan.Remote, why = address(text)
	case "group":
		vxlan.Group, why = address(text)
	case "local":
		vxlan.Local, why = address(text)
	case "address":
		var err error
		if options.Address, err = vtep.ParsePrefix(text); err != nil {
			why = err.Error()
		}
	case "vni":
		var vni int
		vni, why = number(text, 0, int(vtep.MaxVNI))
		vxlan.VNI = vtep.VNI(vni)
	case "port":
		var port int
		port, why = number(text, 1, 65535)
		vxlan.DestinationPort = vtep.Ptr(uint16(port))
	case "mtu":
		var mtu int
		mtu, why = number(text, 68, 65535)
		vxlan.MTU = &mtu
	case "device":
		vxlan.Device = text
	case "name":
		vxlan.Name = text
	case "bridge":
		options.Bridge = text
	case "network":
		options.Network = text
	case "tap":
		options.TAP = text
	case "stream":
		options.Stream = text
	case "netns":
		options.NetNS = text
	}
	return why
}

func address(text string) (netip.Addr, string) {
	address, err := vtep.ParseAddr(text)
	if err != nil {
		return address, err.Error()
	}
	return address, ""
}

func number(text string, low, high int) (int, string) {
	value, err := strconv.Atoi(text)
	// Atoi alone would take "+5", and "010", which some programs read as 8.
	if err != nil || value < low || value > high || strconv.Itoa(value) != text {
		return 0, fmt.Sprintf("it is not a number from %d to %d", low, high)
	}
	return value, ""
}
