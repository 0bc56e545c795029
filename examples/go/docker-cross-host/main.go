// Joins containers of several hosts: VXLAN as a port of their bridge.
package main

import (
	"fmt"
	"os"

	"vtep"
	"vtepexamples/options"
	"vtepexamples/overlay"
)

var program = options.Program{
	Name:     "docker-cross-host",
	Overview: "Joins containers of several hosts: VXLAN as a port of their bridge.",
	Advice:   "Run it on every host. The containers' addresses must differ, within one subnet.",
	Usage: []string{
		"docker-cross-host --device DEV (--group IP | --remote IP) (--bridge NAME | --network NETWORK) [OPTION ...]",
		"docker-cross-host --delete [--name NAME] [--vni VNI] [--netns PATH]"},
	Options: []string{"group", "remote", "bridge", "network", "device", "vni", "port", "name", "local", "mtu", "netns",
		"delete"},
}

func main() {
	options := options.Parse(&program)
	if options.Delete {
		overlay.Delete(options)
		return
	}
	vxlan := &options.VXLAN
	program.Require(vxlan.Group.IsValid() != vxlan.Remote.IsValid(), "name one of --group and --remote")
	program.Require(vxlan.Device != "", "--device is missing")
	program.Require((options.Bridge != "") != (options.Network != ""), "name one of --bridge and --network")
	if options.Network != "" {
		options.Bridge = bridgeOfNetwork(options.Network)
	}
	join(options)
}

func join(options *options.Options) {
	host := overlay.Open(options)
	defer host.Close()
	bridge := findBridge(host, options.Bridge)
	options.VXLAN.Master = bridge.Name
	tables := overlay.Make(host, options)
	fmt.Print(tables.About(options.VXLAN.Name, vtep.IPv4), "\n", tables.Bridges())
	noteMTU(tables.Links(), &bridge, &options.VXLAN)
}

// findBridge finds the bridge as it is before the VXLAN device becomes its port.
func findBridge(host *vtep.Host, name string) vtep.Link {
	bridge, err := host.Link(name)
	if err != nil {
		overlay.Fail(err)
	}
	if bridge.Bridge == nil {
		kind := bridge.Kind
		if kind == "" {
			kind = "physical"
		}
		overlay.Fail(fmt.Errorf("cannot make a port of %q: it is a %s link, no bridge", name, kind))
	}
	return bridge
}

// noteMTU: a bridge drops what is too large for a port and tells nobody: small packets pass, large transfers hang. What
// counts is the MTU of the other ports, and of the bridge before: one without an MTU of its own follows its smallest port.
func noteMTU(links []vtep.Link, bridge *vtep.Link, vxlan *vtep.VXLANOptions) {
	widest, carried, overhead := bridge.MTU, 0, 50
	if vxlan.Remote.Is6() || vxlan.Group.Is6() {
		overhead = 70
	}
	for _, link := range links {
		switch {
		case link.MasterIndex != bridge.Index:
		case link.Name == vxlan.Name:
			carried = link.MTU
		case link.MTU > widest:
			widest = link.MTU
		}
	}
	if widest <= carried {
		return
	}
	fmt.Fprintf(os.Stderr, "note: %q takes packets of %d bytes, %q carries %d: larger ones vanish without a word and "+
		"transfers hang; give the containers an MTU of %d (docker network create --opt "+
		"com.docker.network.driver.mtu=%d), or the underlay one of %d\n",
		bridge.Name, widest, vxlan.Name, carried, carried, carried, widest+overhead)
}
