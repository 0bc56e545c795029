// The passes of ../tables.c with github.com/vishvananda/netlink, one Handle: prints the microseconds it took.
package main

import (
	"fmt"
	"net"
	"os"
	"time"

	"github.com/vishvananda/netlink"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeFDB(handle *netlink.Handle, count int) (int, time.Duration) {
	vxlan := &netlink.Vxlan{LinkAttrs: netlink.LinkAttrs{Name: "vxlan0"}, VxlanId: 120, Port: 4789}
	must(handle.LinkAdd(vxlan))
	link, err := handle.LinkByName("vxlan0")
	must(err)
	must(handle.LinkSetUp(link))
	entries := make([]netlink.Neigh, count)
	for i := range entries {
		entries[i] = netlink.Neigh{
			LinkIndex: link.Attrs().Index, Family: 7, State: netlink.NUD_PERMANENT, Flags: netlink.NTF_SELF,
			HardwareAddr: net.HardwareAddr{2, 0, 0, byte(i >> 16), byte(i >> 8), byte(i)},
			IP:           net.IPv4(10, 0, 0, byte(1+i%100)),
		}
	}
	start := time.Now()
	for i := range entries {
		must(handle.NeighAppend(&entries[i]))
	}
	return link.Attrs().Index, time.Since(start)
}

func writeRoutes(handle *netlink.Handle) time.Duration {
	loopback, err := handle.LinkByName("lo")
	must(err)
	must(handle.LinkSetUp(loopback))
	routes := make([]netlink.Route, 50000)
	for i := range routes {
		routes[i] = netlink.Route{
			LinkIndex: loopback.Attrs().Index, Scope: netlink.SCOPE_LINK,
			Dst: &net.IPNet{IP: net.IPv4(10, byte(i>>16), byte(i>>8), byte(i)), Mask: net.CIDRMask(32, 32)},
		}
	}
	start := time.Now()
	for i := range routes {
		must(handle.RouteAdd(&routes[i]))
	}
	return time.Since(start)
}

func main() {
	handle, err := netlink.NewHandle()
	must(err)
	var taken time.Duration
	switch os.Args[1] {
	case "fdb-append":
		_, taken = writeFDB(handle, 20000)
	case "fdb-dump":
		index, _ := writeFDB(handle, 100000)
		start := time.Now()
		list, err := handle.NeighList(index, 7)
		must(err)
		taken = time.Since(start)
		if len(list) < 100000 {
			os.Exit(1)
		}
	case "route-add":
		taken = writeRoutes(handle)
	case "route-dump":
		writeRoutes(handle)
		start := time.Now()
		list, err := handle.RouteList(nil, netlink.FAMILY_V4)
		must(err)
		taken = time.Since(start)
		if len(list) < 50000 {
			os.Exit(1)
		}
	case "link-list":
		for i := 0; i < 1000; i++ {
			must(handle.LinkAdd(&netlink.Bridge{LinkAttrs: netlink.LinkAttrs{Name: fmt.Sprintf("br%d", i)}}))
		}
		start := time.Now()
		list, err := handle.LinkList()
		must(err)
		taken = time.Since(start)
		if len(list) < 1000 {
			os.Exit(1)
		}
	default:
		os.Exit(64)
	}
	fmt.Printf("%.1f\n", float64(taken.Nanoseconds())/1000)
}
