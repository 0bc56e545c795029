package vtep_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	"vtep"
)

// Two hosts, point to point: what `ip link add vxlan0 type vxlan id 120 dstport 4789 remote 192.168.50.29 dev eth0` and
// `ip addr add 10.16.0.2/24 dev vxlan0` do.
func ExampleHost_CreateVXLAN() {
	host, err := vtep.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer host.Close()
	link, err := host.CreateVXLAN(vtep.VXLANOptions{
		Name:   "vxlan0",
		VNI:    120,
		Remote: netip.MustParseAddr("192.168.50.29"),
		MTU:    vtep.Ptr(1450),
		Up:     true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer host.DeleteVXLAN(link.Name, link.VXLAN.VNI)
	if err := host.AddAddress(link.Name, netip.MustParsePrefix("10.16.0.2/24"), netip.Addr{}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(link.Name, *link.VXLAN.VNI, link.VXLAN.Remote, link.VXLAN.DestinationPort, link.MTU)
	routes, _ := host.Routes(vtep.IPv4, vtep.TableMain)
	for _, route := range routes {
		fmt.Println(route.Destination, route.FlagLetters(), *route.Origin)
	}
	// Output:
	// vxlan0 120 192.168.50.29 4789 1450
	// 10.16.0.0/24 U kernel
}

// A VXLAN device as a port of a bridge, as containers on several hosts share it.
func ExampleHost_CreateBridge() {
	host, err := vtep.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer host.Close()
	if _, err := host.CreateBridge(vtep.BridgeOptions{Name: "br-mylan", Up: true}); err != nil {
		fmt.Println(err)
		return
	}
	defer host.DeleteBridge("br-mylan")
	options := vtep.VXLANOptions{Name: "vxlan0", VNI: 120, Master: "br-mylan", Up: true}
	if _, err := host.CreateVXLAN(options); err != nil {
		fmt.Println(err)
		return
	}
	defer host.DeleteVXLAN("vxlan0", nil)
	ports, _ := host.BridgePorts("br-mylan")
	for _, port := range ports {
		fmt.Println(port.Name, port.Kind, port.BridgePort.UnicastFlood)
	}
	// Output:
	// vxlan0 vxlan true
}

// Thousands of entries in few system calls; those that failed are told by their place.
func ExampleHost_ApplyFDB() {
	host, err := vtep.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer host.Close()
	link, err := host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 120})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer host.DeleteVXLAN("vxlan0", nil)
	var entries []vtep.FDBEntry
	for i := byte(1); i <= 3; i++ {
		entries = append(entries, vtep.FDBEntry{
			LinkIndex:   link.Index,
			MAC:         net.HardwareAddr{2, 0x42, 10, 17, 0, i},
			Destination: netip.AddrFrom4([4]byte{192, 168, 50, i}),
		})
	}
	if err := host.ApplyFDB(vtep.ChangeAdd, entries[1:]); err != nil {
		fmt.Println(err)
	}
	var batch *vtep.BatchError
	if err := host.ApplyFDB(vtep.ChangeAdd, entries); errors.As(err, &batch) {
		for _, failure := range batch.Failures {
			fmt.Println(failure.Index, failure.Err.Status)
		}
	}
	// Output:
	// 1 already exists
	// 2 already exists
}

// An error tells its kind, what the kernel said, and what to do about it.
func ExampleError() {
	host, err := vtep.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer host.Close()
	_, err = host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 120, Device: "none0"})
	fmt.Println(errors.Is(err, vtep.ErrNotFound))
	var e *vtep.Error
	if errors.As(err, &e) {
		fmt.Println(e.Status)
	}
	// Output:
	// true
	// not found
}

// Whatever changes, as it happens, until the context is done.
func ExampleMonitor_Next() {
	host, err := vtep.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer host.Close()
	monitor, err := vtep.OpenMonitor(vtep.MonitorOptions{Objects: vtep.ObjectLink})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer monitor.Close()
	host.CreateVXLAN(vtep.VXLANOptions{Name: "vxlan0", VNI: 120})
	host.DeleteVXLAN("vxlan0", nil)

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for told := 0; told < 2; {
		event, err := monitor.Next(ctx)
		if err != nil {
			fmt.Println(err)
			return
		}
		if link, isLink := event.Object.(*vtep.Link); isLink && link.VXLAN != nil && event.Kind != vtep.EventChanged {
			fmt.Println(event.Kind, link.Name, *link.VXLAN.VNI)
			told++
		}
	}
	// Output:
	// added vxlan0 120
	// removed vxlan0 120
}

// A VTEP in this program: a TAP device, joined with another VTEP, which may be the kernel's.
func ExampleEndpoint_Run() {
	endpoint, err := vtep.NewEndpoint(vtep.EndpointOptions{IPv4: &vtep.UnderlayOptions{Port: vtep.Ptr[uint16](14789)}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer endpoint.Close()
	endpoint.AddVNI(120, vtep.VNIPolicy{})
	endpoint.AddDefaultRemote(120, vtep.EngineRemote{Address: netip.MustParseAddr("192.168.50.29")})
	port, err := endpoint.AddPort(120, vtep.EndpointPortOptions{
		Kind: vtep.PortTAP, Name: "tap7", Addresses: []netip.Prefix{netip.MustParsePrefix("10.17.0.2/24")}, MTU: vtep.Ptr(1450),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	name, _ := endpoint.PortInterface(port)
	fmt.Println("frames come and go at", name)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	fmt.Println(endpoint.Run(ctx, 0))
	// Output:
	// frames come and go at tap7
	// context deadline exceeded
}
