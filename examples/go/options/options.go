// Package options is the command line of the example programs.
package options

import (
	"net/netip"
	"os"
	"strings"

	"vtep"
)

// Exit statuses; <sysexits.h> names the last EX_USAGE.
const (
	Failed = 1
	Usage  = 64
)

// Program is what --help says.
type Program struct {
	Name     string
	Overview string
	Advice   string
	Usage    []string
	Options  []string // their names in the order of --help
}

// Options are what a command line said, and the defaults.
type Options struct {
	VXLAN   vtep.VXLANOptions
	Address netip.Prefix
	Bridge  string
	Network string
	NetNS   string
	Delete  bool

	Snapshot bool
	TAP      string
	Stream   string
	Connect  bool
}

// Parse reads the command line. It ends the process after --help, and where something is wrong.
func Parse(program *Program) *Options {
	options := &Options{VXLAN: vtep.VXLANOptions{Name: "vxlan0", VNI: 120, Up: true}, TAP: "tap0"}
	arguments := os.Args[1:]
	var unexpected []string
	for i := 0; i < len(arguments); i++ {
		argument := arguments[i]
		switch {
		case argument == "-h" || argument == "--help":
			program.help()
			os.Exit(0)
		case argument == "--":
			unexpected = append(unexpected, arguments[i+1:]...)
			i = len(arguments)
		case strings.HasPrefix(argument, "--"):
			var next *string
			if i+1 < len(arguments) {
				next = &arguments[i+1]
			}
			if program.read(argument, next, options) {
				i++
			}
		case len(argument) > 1 && argument[0] == '-':
			program.fail("Unknown option '%s'", argument[:2])
		default:
			unexpected = append(unexpected, argument)
		}
	}
	program.refuse(unexpected)
	return options
}

// read reads one option, and tells whether it took the next argument along.
func (program *Program) read(argument string, next *string, options *Options) bool {
	name, value, isJoined := strings.Cut(argument[2:], "=")
	option := program.find(name)
	switch {
	case option == nil:
		program.fail("Unknown option '--%s'", name)
	case option.value == "" && isJoined:
		program.fail("The option '--%s' does not take any value, but '%s' was specified.", name, value)
	case option.value == "":
		options.Delete = options.Delete || name == "delete"
		options.Snapshot = options.Snapshot || name == "snapshot"
		options.Connect = options.Connect || name == "connect"
		return false
	case !isJoined && next != nil:
		value = *next
	}
	// "--device --vni 5" lacks a device rather than naming one, and so does "--device=".
	if value == "" && (isJoined || next == nil) || !isJoined && strings.HasPrefix(value, "-") {
		program.failAbout(option, "Missing value for '%s'", option.label())
	}
	if why := options.set(name, value); why != "" {
		program.failAbout(option, "The value '%s' is invalid for '%s': %s", value, option.label(), why)
	}
	return !isJoined
}

// Require ends the process where something is missing that the program can't do without.
func (program *Program) Require(isThere bool, what string) {
	if !isThere {
		program.fail("%s", what)
	}
}
