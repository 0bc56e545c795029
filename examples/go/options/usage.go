package options

import (
	"fmt"
	"os"
	"strings"
)

type described struct {
	name  string
	value string // empty: it takes none
	help  string
}

var all = []described{
	{"remote", "IP", "The other host's address on the underlay"},
	{"group", "IP", "The multicast group of all VTEPs, such as 229.1.1.1"},
	{"address", "PREFIX", "The address of the VXLAN device, such as 10.16.0.2/24"},
	{"bridge", "NAME", "The bridge of the containers"},
	{"network", "NETWORK", "The Docker network whose bridge it is"},
	{"device", "DEV", "The underlay link"},
	{"vni", "VNI", "The VXLAN network identifier (default: 120)"},
	{"port", "PORT", "The UDP port of all VTEPs (default: 4789)"},
	{"name", "NAME", "The VXLAN device to make or delete (default: vxlan0)"},
	{"local", "IP", "The source address on the underlay"},
	{"mtu", "BYTES", "The MTU (default: the underlay's less 50 or 70)"},
	{"tap", "NAME", "The TAP device to make (default: tap0)"},
	{"stream", "PATH", "A Unix socket in QEMU's framing, not a TAP device"},
	{"connect", "", "Connect to the socket, instead of listening there"},
	{"snapshot", "", "First print what there is, as added"},
	{"netns", "PATH", "A network namespace, such as /run/netns/blue"},
	{"delete", "", "Delete NAME if it is a VXLAN device with that VNI"},
}

func (option *described) label() string {
	if option.value == "" {
		return "--" + option.name
	}
	return fmt.Sprintf("--%s <%s>", option.name, option.value)
}

// find is the option of that name, if the program takes it.
func (program *Program) find(name string) *described {
	for _, taken := range program.Options {
		for i := range all {
			if taken == name && all[i].name == name {
				return &all[i]
			}
		}
	}
	return nil
}

func (program *Program) help() {
	fmt.Printf("OVERVIEW: %s\n\n%s\n\nUSAGE: %s\n\nOPTIONS:\n", program.Overview, program.Advice, program.usage())
	for _, name := range program.Options {
		option := program.find(name)
		fmt.Printf("  %-23s %s\n", option.label(), option.help)
	}
	fmt.Printf("  %-23s %s\n\n", "-h, --help", "Show help information.")
}

func (program *Program) usage() string {
	return strings.Join(program.Usage, "\n       ")
}

// fail prints what is wrong and how it is meant, and ends the process.
func (program *Program) fail(format string, arguments ...any) {
	program.failAbout(nil, format, arguments...)
}

func (program *Program) failAbout(option *described, format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "Error: %s\n", fmt.Sprintf(format, arguments...))
	if option != nil {
		fmt.Fprintf(os.Stderr, "Help:  %s  %s\n", option.label(), option.help)
	}
	fmt.Fprintf(os.Stderr, "Usage: %s\n  See '%s --help' for more information.\n", program.usage(), program.Name)
	os.Exit(Usage)
}

// refuse fails where there are arguments that no option takes.
func (program *Program) refuse(arguments []string) {
	switch len(arguments) {
	case 0:
	case 1:
		program.fail("Unexpected argument '%s'", arguments[0])
	default:
		program.fail("%d unexpected arguments: '%s'", len(arguments), strings.Join(arguments, "', '"))
	}
}
