// What ../monitor.c does, with github.com/vishvananda/netlink's subscription, whose buffer cannot be chosen: the system's
// usual one, net.core.rmem_default.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	must(netlink.LinkAdd(&netlink.Vxlan{LinkAttrs: netlink.LinkAttrs{Name: "vxlan0"}, VxlanId: 120, Port: 4789}))
	link, err := netlink.LinkByName("vxlan0")
	must(err)
	must(netlink.LinkSetUp(link))
	updates, done, ended := make(chan netlink.NeighUpdate, 1024), make(chan struct{}), ""
	must(netlink.NeighSubscribeWithOptions(updates, done, netlink.NeighSubscribeOptions{
		ErrorCallback: func(err error) { ended = err.Error() },
	}))
	flood := exec.Command(os.Args[1])
	must(flood.Start())
	finished := make(chan error, 1)
	go func() { finished <- flood.Wait() }()

	kept, events, running := map[string]string{}, 0, true
	for quiet := false; running || !quiet; {
		quiet = false
		select {
		case update, isOpen := <-updates:
			if !isOpen {
				updates = nil // it has given up
				continue
			}
			events++
			if update.Family != unix.AF_BRIDGE {
				continue
			}
			if update.Type == unix.RTM_DELNEIGH {
				delete(kept, update.HardwareAddr.String())
			} else {
				kept[update.HardwareAddr.String()] = update.IP.String()
			}
		case err := <-finished:
			must(err)
			running = false
		case <-time.After(500 * time.Millisecond):
			quiet = true
		}
	}
	list, err := netlink.NeighList(link.Attrs().Index, unix.AF_BRIDGE)
	must(err)
	differences := 0
	for _, entry := range list {
		if entry.LinkIndex != link.Attrs().Index || entry.IP == nil {
			continue
		}
		if kept[entry.HardwareAddr.String()] != entry.IP.String() {
			differences++
		}
		delete(kept, entry.HardwareAddr.String())
	}
	delete(kept, "00:00:00:00:00:00")
	fmt.Printf("%d %d events; it ended with: %s\n", differences+len(kept), events, ended)
}
