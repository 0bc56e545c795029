// Joins this host with one other by VXLAN.
package main

import (
	"vtepexamples/options"
	"vtepexamples/overlay"
)

var program = options.Program{
	Name:     "point-to-point",
	Overview: "Joins this host with one other by VXLAN.",
	Advice:   "Run it on both hosts, each with the other as its remote.",
	Usage: []string{"point-to-point --device DEV --remote IP --address PREFIX [OPTION ...]",
		"point-to-point --delete [--name NAME] [--vni VNI] [--netns PATH]"},
	Options: []string{"remote", "address", "device", "vni", "port", "name", "local", "mtu", "netns", "delete"},
}

func main() {
	options := options.Parse(&program)
	if options.Delete {
		overlay.Delete(options)
		return
	}
	program.Require(options.VXLAN.Remote.IsValid(), "--remote is missing")
	program.Require(options.VXLAN.Device != "", "--device is missing")
	program.Require(options.Address.IsValid(), "--address is missing")
	overlay.Run(options)
}
