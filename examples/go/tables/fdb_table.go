package tables

import (
	"fmt"
	"strings"

	"vtep"
)

// FDB are forwarding-database entries, as bridge fdb prints them.
func (tables *Tables) FDB(entries []vtep.FDBEntry) string {
	var text strings.Builder
	for i := range entries {
		text.WriteString(tables.entry(&entries[i]) + "\n")
	}
	return text.String()
}

func (tables *Tables) entry(entry *vtep.FDBEntry) string {
	words := []string{entry.MAC.String(), "dev " + tables.name(entry.LinkIndex)}
	if entry.Destination.IsValid() {
		words = append(words, "dst "+entry.Destination.String())
	}
	if entry.VLAN != nil {
		words = append(words, fmt.Sprint("vlan ", *entry.VLAN))
	}
	if entry.Port != nil {
		words = append(words, fmt.Sprint("port ", *entry.Port))
	}
	if entry.VNI != nil {
		words = append(words, fmt.Sprint("vni ", *entry.VNI))
	}
	if entry.SourceVNI != nil {
		words = append(words, fmt.Sprint("src_vni ", *entry.SourceVNI))
	}
	if entry.ViaIndex != 0 {
		words = append(words, "via "+tables.name(entry.ViaIndex))
	}
	words = append(words, fdbFlags(*entry.Flags)...)
	if entry.MasterIndex != 0 {
		words = append(words, "master "+tables.name(entry.MasterIndex))
	}
	if state := fdbState(*entry.State); state != "" {
		words = append(words, state)
	}
	return strings.Join(words, " ")
}

var fdbFlagNames = []struct {
	flag vtep.NeighbourFlags
	name string
}{
	{vtep.NeighbourSelf, "self"}, {vtep.NeighbourRouter, "router"}, {vtep.NeighbourExtLearned, "extern_learn"},
	{vtep.NeighbourOffloaded, "offload"}, {vtep.NeighbourMaster, "master"}, {vtep.NeighbourSticky, "sticky"},
}

func fdbFlags(flags vtep.NeighbourFlags) []string {
	var names []string
	for _, known := range fdbFlagNames {
		if flags&known.flag != 0 {
			names = append(names, known.name)
		}
	}
	return names
}

// The words of bridge fdb, which differ from those of ip neigh; an entry that was learnt and is fresh has none.
func fdbState(state vtep.NeighbourState) string {
	switch {
	case state&vtep.NeighbourPermanent != 0:
		return "permanent"
	case state&vtep.NeighbourNoARP != 0:
		return "static"
	case state&vtep.NeighbourStale != 0:
		return "stale"
	case state&vtep.NeighbourReachable != 0:
		return ""
	}
	return fmt.Sprintf("state=0x%x", uint16(state))
}
