// Joins this host with all others of a multicast group by VXLAN.
package main

import (
	"vtepexamples/options"
	"vtepexamples/overlay"
)

var program = options.Program{
	Name:     "multicast",
	Overview: "Joins this host with all others of a multicast group by VXLAN.",
	Advice:   "Run it on every host, with the same group. The underlay must carry multicast.",
	Usage: []string{"multicast --device DEV --group IP --address PREFIX [OPTION ...]",
		"multicast --delete [--name NAME] [--vni VNI] [--netns PATH]"},
	Options: []string{"group", "address", "device", "vni", "port", "name", "local", "mtu", "netns", "delete"},
}

func main() {
	options := options.Parse(&program)
	if options.Delete {
		overlay.Delete(options)
		return
	}
	program.Require(options.VXLAN.Group.IsValid(), "--group is missing")
	program.Require(options.VXLAN.Device != "", "--device is missing")
	program.Require(options.Address.IsValid(), "--address is missing")
	overlay.Run(options)
}
