// Package overlay makes and deletes the VXLAN device that the options describe.
package overlay

import (
	"fmt"
	"net/netip"
	"os"

	"vtep"
	"vtepexamples/options"
	"vtepexamples/tables"
)

// Fail says what went wrong, and ends the process.
func Fail(err error) {
	fmt.Fprintln(os.Stderr, "Error:", err)
	os.Exit(options.Failed)
}

// Open opens the host in the namespace that was named.
func Open(options *options.Options) *vtep.Host {
	open := vtep.Open
	if options.NetNS != "" {
		open = func() (*vtep.Host, error) { return vtep.OpenPath(options.NetNS) }
	}
	host, err := open()
	if err != nil {
		Fail(err)
	}
	return host
}

// Make makes the VXLAN device, gives it its address, if there is one, and reads the tables. If anything fails, the device
// goes again: who is told of an error finds nothing half done.
func Make(host *vtep.Host, options *options.Options) *tables.Tables {
	link, err := host.CreateVXLAN(options.VXLAN)
	if err != nil {
		Fail(err)
	}
	if options.Address.IsValid() {
		err = host.AddAddress(link.Name, options.Address, netip.Addr{})
	}
	var read *tables.Tables
	if err == nil {
		read, err = tables.Read(host)
	}
	if err != nil {
		host.DeleteVXLAN(link.Name, &options.VXLAN.VNI)
		Fail(err)
	}
	return read
}

// Run makes a VXLAN device that has an address itself (point to point, multicast), and prints the tables.
func Run(options *options.Options) {
	host := Open(options)
	defer host.Close()
	family := vtep.IPv4
	if options.Address.Addr().Is6() {
		family = vtep.IPv6
	}
	fmt.Print(Make(host, options).About(options.VXLAN.Name, family))
}

// Delete deletes what Make made; its addresses, routes and place in a bridge go with it.
func Delete(options *options.Options) {
	host := Open(options)
	defer host.Close()
	if err := host.DeleteVXLAN(options.VXLAN.Name, &options.VXLAN.VNI); err != nil {
		Fail(err)
	}
	fmt.Println("deleted", options.VXLAN.Name)
}
