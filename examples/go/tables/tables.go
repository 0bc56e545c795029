// Package tables prints what the commands of the tutorial (ip addr, route -n, brctl show, bridge fdb) print about a host.
package tables

import (
	"fmt"
	"strings"

	"vtep"
)

// Tables are a host's.
type Tables struct {
	links     []vtep.Link
	addresses []vtep.Address
	routes    []vtep.Route
}

// Read reads everything at once, so that the tables fit together.
func Read(host *vtep.Host) (*Tables, error) {
	var read Tables
	var err error
	if read.links, err = host.Links(); err != nil {
		return nil, err
	}
	if read.addresses, err = host.Addresses(""); err != nil {
		return nil, err
	}
	if read.routes, err = host.Routes(vtep.AnyFamily, vtep.TableMain); err != nil {
		return nil, err
	}
	return &read, nil
}

// About is all about a VXLAN device: its details, its addresses, and the routes of a family.
func (tables *Tables) About(name string, family vtep.Family) string {
	var text strings.Builder
	for i := range tables.links {
		if link := &tables.links[i]; link.Name == name && link.VXLAN != nil {
			text.WriteString(tables.details(link) + "\n" + tables.paragraph(link) + "\n")
		}
	}
	if family == vtep.IPv4 {
		text.WriteString(tables.Routes())
	} else {
		text.WriteString(tables.Routes6())
	}
	return text.String()
}

// Links are all links as Read found them.
func (tables *Tables) Links() []vtep.Link {
	return tables.links
}

func (tables *Tables) link(index int) *vtep.Link {
	for i := range tables.links {
		if tables.links[i].Index == index {
			return &tables.links[i]
		}
	}
	return nil
}

// name is a link's name, or ifN where this namespace has no link of that index, as ip writes it.
func (tables *Tables) name(index int) string {
	if link := tables.link(index); link != nil {
		return link.Name
	}
	return fmt.Sprint("if", index)
}
