package tables

import (
	"fmt"
	"sort"
	"strings"

	"vtep"
)

// Bridges are all bridges with their ports, as brctl show prints them.
func (tables *Tables) Bridges() string {
	text := "bridge name\tbridge id\t\tSTP enabled\tinterfaces\n"
	bridges := tables.inNameOrder(func(link *vtep.Link) bool { return link.Bridge != nil })
	for _, link := range bridges {
		ports := tables.inNameOrder(func(port *vtep.Link) bool { return port.MasterIndex == link.Index })
		names := make([]string, len(ports))
		for i, port := range ports {
			names[i] = port.Name
		}
		stp := "yes"
		if link.Bridge.STP == vtep.STPOff {
			stp = "no"
		}
		text += fmt.Sprintf("%s\t\t%v\t%s\t\t%s\n", link.Name, link.Bridge.ID, stp,
			strings.Join(names, "\n\t\t\t\t\t\t\t"))
	}
	return text
}

func (tables *Tables) inNameOrder(wanted func(link *vtep.Link) bool) []*vtep.Link {
	var found []*vtep.Link
	for i := range tables.links {
		if wanted(&tables.links[i]) {
			found = append(found, &tables.links[i])
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found
}
