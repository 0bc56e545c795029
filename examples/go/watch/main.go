// Prints what changes on this host, as it happens.
package main

import (
	"context"
	"fmt"

	"vtep"
	"vtepexamples/options"
	"vtepexamples/overlay"
	"vtepexamples/tables"
)

var program = options.Program{
	Name:     "watch",
	Overview: "Prints what changes on a host, as it happens.",
	Advice:   "One event a line, until it is interrupted.",
	Usage:    []string{"watch [--snapshot] [--netns PATH]"},
	Options:  []string{"snapshot", "netns"},
}

func main() {
	options := options.Parse(&program)
	// The monitor always tells the whole at first: that is how the names of links come to be known.
	monitor, err := vtep.OpenMonitor(vtep.MonitorOptions{
		Objects: vtep.ObjectLink | vtep.ObjectAddress | vtep.ObjectRoute | vtep.ObjectNeighbour | vtep.ObjectFDB |
			vtep.ObjectVNI | vtep.ObjectVLAN | vtep.ObjectVLANTunnel,
		Snapshot: true, NamespacePath: options.NetNS,
	})
	if err != nil {
		overlay.Fail(err)
	}
	defer monitor.Close()
	prints := options.Snapshot
	var known tables.Tables
	for {
		event, err := monitor.Next(context.Background())
		if err != nil {
			overlay.Fail(err)
		}
		line := known.Line(&event)
		if prints {
			fmt.Println(line)
		}
		prints = prints || event.Kind == vtep.EventSynchronised
	}
}
