// The passes of ../tables.c with github.com/vishvananda/netlink, one Handle: prints the microseconds it took.
package main

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"time"

	"github.com/vishvananda/netlink"
)

var userBefore time.Duration

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func userTime() time.Duration {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano())
}

func writeFDB(handle *netlink.Handle, number, count int) (int, time.Duration) {
	name := fmt.Sprintf("vxlan%d", number)
	vxlan := &netlink.Vxlan{LinkAttrs: netlink.LinkAttrs{Name: name}, VxlanId: 120 + number, Port: 4789}
	must(handle.LinkAdd(vxlan))
	link, err := handle.LinkByName(name)
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
	userBefore = userTime()
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
	userBefore = userTime()
	start := time.Now()
	for i := range routes {
		must(handle.RouteAdd(&routes[i]))
	}
	return time.Since(start)
}

func makeLinks(handle *netlink.Handle) {
	for i := 0; i < 250; i++ {
		vxlan := &netlink.Vxlan{
			LinkAttrs: netlink.LinkAttrs{Name: fmt.Sprintf("vxlan%d", i)}, VxlanId: 120 + i, Port: 4789, Learning: true,
		}
		must(handle.LinkAdd(vxlan))
		must(handle.LinkSetUp(vxlan))
		must(handle.LinkAdd(&netlink.Bridge{LinkAttrs: netlink.LinkAttrs{Name: fmt.Sprintf("br%d", i)}}))
		veth := netlink.LinkAttrs{Name: fmt.Sprintf("veth%d", i)}
		must(handle.LinkAdd(&netlink.Veth{LinkAttrs: veth, PeerName: fmt.Sprintf("peer%d", i)}))
	}
}

func main() {
	handle, err := netlink.NewHandle()
	must(err)
	var taken time.Duration
	switch os.Args[1] {
	case "fdb-append":
		_, taken = writeFDB(handle, 0, 20000)
	case "fdb-dump":
		index, _ := writeFDB(handle, 0, 100000)
		userBefore = userTime()
		start := time.Now()
		list, err := handle.NeighList(index, 7)
		must(err)
		taken = time.Since(start)
		if len(list) < 100000 {
			os.Exit(1)
		}
	case "fdb-dump-16":
		for i := 0; i < 16; i++ {
			writeFDB(handle, i, 100000/16)
		}
		userBefore = userTime()
		start := time.Now()
		list, err := handle.NeighList(0, 7)
		must(err)
		taken = time.Since(start)
		if len(list) < 100000 {
			os.Exit(1)
		}
	case "route-add":
		taken = writeRoutes(handle)
	case "route-dump":
		writeRoutes(handle)
		userBefore = userTime()
		start := time.Now()
		list, err := handle.RouteList(nil, netlink.FAMILY_V4)
		must(err)
		taken = time.Since(start)
		if len(list) < 50000 {
			os.Exit(1)
		}
	case "link-list":
		makeLinks(handle)
		userBefore = userTime()
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
	user := userTime() - userBefore // what its collector does meanwhile on other threads counts, too
	fmt.Printf("%.1f %.1f\n", float64(taken.Nanoseconds())/1000, float64(user.Nanoseconds())/1000)
}
