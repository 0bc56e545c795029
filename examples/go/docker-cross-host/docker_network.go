package main

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"vtepexamples/overlay"
)

// bridgeOfNetwork asks Docker for the bridge of a network. docker finds its Engine itself (DOCKER_HOST, the current
// context).
func bridgeOfNetwork(network string) string {
	const format = `{{.Driver}} {{.Id}}` +
		`{{range $key, $value := .Options}}` +
		`{{if eq $key "com.docker.network.bridge.name"}} {{$value}}{{end}}` +
		`{{end}}`
	var complaint strings.Builder
	docker := exec.Command("docker", "network", "inspect", "--format", format, "--", network)
	docker.Stderr = &complaint
	answer, err := docker.Output()
	var ended *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		fail(network, "there is no command \"docker\" in PATH", "install it, or name the bridge with --bridge")
	case errors.As(err, &ended) && ended.Exited():
		fail(network, fmt.Sprintf("docker says \"%s\"", oneLine(complaint.String())), "see \"docker network ls\"")
	case err != nil:
		fail(network, "docker cannot be started, or was killed", "name the bridge with --bridge")
	}
	return bridge(network, oneLine(string(answer)))
}

func oneLine(text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, " \t\r\n"), "\n", " ")
}

func bridge(network, answer string) string {
	fields := strings.Fields(answer)
	if len(fields) < 2 {
		fail(network, fmt.Sprintf("docker answers \"%s\"", answer), "name the bridge with --bridge")
	}
	if fields[0] != "bridge" {
		fail(network, fmt.Sprintf("it is a network of the driver \"%s\"", fields[0]),
			"use one of \"docker network ls -f driver=bridge\"")
	}
	// Without a name of its own choice a network's bridge is called after the start of its id.
	if len(fields) > 2 {
		return fields[2]
	}
	return fmt.Sprintf("br-%.12s", fields[1])
}

func fail(network, reason, remedy string) {
	if network != "" {
		network = fmt.Sprintf(" \"%s\"", network)
	}
	overlay.Fail(fmt.Errorf("cannot find the bridge of Docker network%s: %s; %s", network, reason, remedy))
}
