package tables

import (
	"fmt"
	"strings"

	"vtep"
)

// Line is an event as a line: "added link vxlan0 vxlan mtu 1450 up state UNKNOWN id 120". A link's name is kept, for what
// is on the link.
func (tables *Tables) Line(event *vtep.Event) string {
	line := event.Kind.String()
	switch object := event.Object.(type) {
	case *vtep.Link:
		tables.remember(object)
		line += " link " + tables.linkSummary(object)
	case *vtep.Address:
		line += fmt.Sprintf(" address %v dev %s scope %v", object.Prefix, tables.name(object.LinkIndex), object.Scope)
	case *vtep.Route:
		line += " route " + tables.routeSummary(object)
	case *vtep.Neighbour:
		line += " neighbour " + tables.neighbourSummary(object)
	case *vtep.FDBEntry:
		line += " fdb " + tables.entry(object)
	case *vtep.VNIRange:
		line += fmt.Sprintf(" vni %d dev %s", object.First, tables.name(object.LinkIndex))
		if object.Remote.IsValid() {
			line += fmt.Sprint(" remote ", object.Remote)
		}
		if object.Group.IsValid() {
			line += fmt.Sprint(" group ", object.Group)
		}
	case *vtep.VLANRange:
		line += " vlan " + tables.vlanSummary(object)
	case *vtep.VLANTunnel:
		line += fmt.Sprintf(" tunnel vlan %d dev %s id %d", object.First, tables.name(object.LinkIndex), object.FirstVNI)
	}
	return line
}

func (tables *Tables) vlanSummary(vlan *vtep.VLANRange) string {
	line := fmt.Sprintf("%d dev %s", vlan.First, tables.name(vlan.LinkIndex))
	if vlan.PVID {
		line += " pvid"
	}
	if vlan.Untagged {
		line += " untagged"
	}
	return line
}

// remember keeps a link also when it is gone: what was on it is told later.
func (tables *Tables) remember(link *vtep.Link) {
	if known := tables.link(link.Index); known != nil {
		*known = *link
	} else {
		tables.links = append(tables.links, *link)
	}
}

func (tables *Tables) linkSummary(link *vtep.Link) string {
	kind, up := link.Kind, "down"
	if kind == "" {
		kind = "physical"
	}
	if link.IsUp() {
		up = "up"
	}
	line := fmt.Sprintf("%s %s mtu %d %s state %v", link.Name, kind, link.MTU, up, link.OperState)
	if link.MasterIndex != 0 {
		line += " master " + tables.name(link.MasterIndex)
	}
	if link.VXLAN != nil && link.VXLAN.VNI != nil {
		line += fmt.Sprint(" id ", *link.VXLAN.VNI)
	}
	return line
}

func (tables *Tables) routeSummary(route *vtep.Route) string {
	var line string
	if *route.Type != vtep.RouteUnicast {
		line += route.Type.String() + " "
	}
	if *route.Table != vtep.TableMain {
		line += "table " + route.Table.String() + " "
	}
	return line + strings.TrimSuffix(tables.line(route), "\n")
}

func (tables *Tables) neighbourSummary(neighbour *vtep.Neighbour) string {
	line := fmt.Sprintf("%v dev %s", neighbour.Address, tables.name(neighbour.LinkIndex))
	if neighbour.MAC != nil {
		line += " lladdr " + neighbour.MAC.String()
	}
	return line + " " + neighbour.State.String()
}
