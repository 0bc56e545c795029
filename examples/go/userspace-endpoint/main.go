// A VTEP in this program: a TAP device, or a socket in QEMU's framing, joined with other VTEPs over UDP. The other side may
// be this program, too, or the kernel's VXLAN device.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os/signal"
	"syscall"

	"vtep"
	"vtepexamples/options"
	"vtepexamples/overlay"
)

var program = options.Program{
	Name:     "userspace-endpoint",
	Overview: "Joins this host with others by VXLAN, without the kernel's device.",
	Advice:   "Runs until it is interrupted, and then prints what it has counted.",
	Usage: []string{"userspace-endpoint (--remote IP | --group IP) --address PREFIX [OPTION ...]",
		"userspace-endpoint (--remote IP | --group IP) --stream PATH [--connect] [OPTION ...]"},
	Options: []string{"remote", "group", "address", "tap", "stream", "connect", "device", "vni", "port", "local", "mtu",
		"netns"},
}

func main() {
	options := options.Parse(&program)
	program.Require(options.VXLAN.Group.IsValid() != options.VXLAN.Remote.IsValid(),
		"--remote or --group is missing, or both are there")
	program.Require(options.Stream != "" || options.Address.IsValid(), "--address is missing")
	// Readable once the user, or whoever supervises us, wants an end.
	running, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(running, options); err != nil {
		overlay.Fail(err)
	}
}

func run(running context.Context, options *options.Options) error {
	remote := options.VXLAN.Remote
	if options.VXLAN.Group.IsValid() {
		remote = options.VXLAN.Group
	}
	endpoint, err := open(options, remote)
	if err != nil {
		return err
	}
	defer endpoint.Close()
	// Who is in a group is not known beforehand.
	policy := vtep.VNIPolicy{AcceptsUnknownRemotes: options.VXLAN.Group.IsValid(),
		DestinationPort: options.VXLAN.DestinationPort}
	if err := endpoint.AddVNI(options.VXLAN.VNI, policy); err != nil {
		return err
	}
	if err := endpoint.AddDefaultRemote(options.VXLAN.VNI, vtep.EngineRemote{Address: remote}); err != nil {
		return err
	}
	port := portOf(options)
	if _, err := endpoint.AddPort(options.VXLAN.VNI, port); err != nil {
		return err
	}
	fmt.Printf("%s is joined with %v, VNI %d\n", port.Name, remote, options.VXLAN.VNI)
	if err := endpoint.Run(running, 0); !errors.Is(err, context.Canceled) {
		return err
	}
	counters, err := endpoint.Counters()
	for _, name := range vtep.CounterNames() {
		if counters[name] > 0 {
			fmt.Println(name, counters[name])
		}
	}
	return err
}

// open opens the underlay: a VTEP listens at its own address, but a group is only heard without one.
func open(options *options.Options, remote netip.Addr) (*vtep.Endpoint, error) {
	underlay := &vtep.UnderlayOptions{Device: options.VXLAN.Device, Local: options.VXLAN.Local,
		Port: options.VXLAN.DestinationPort}
	what := vtep.EndpointOptions{IPv4: underlay, NamespacePath: options.NetNS}
	if remote.Is6() {
		what.IPv4, what.IPv6 = nil, underlay
	}
	return vtep.NewEndpoint(what)
}

func portOf(options *options.Options) vtep.EndpointPortOptions {
	if options.Stream != "" {
		return vtep.EndpointPortOptions{Kind: vtep.PortStream, Name: options.Stream, Client: options.Connect}
	}
	return vtep.EndpointPortOptions{Kind: vtep.PortTAP, Name: options.TAP, MTU: options.VXLAN.MTU,
		Addresses: []netip.Prefix{options.Address}}
}
