"""Which bridge a Docker network has."""

from __future__ import annotations

import subprocess

import vtep

FORMAT = (
    "{{.Driver}} {{.Id}}"
    "{{range $key, $value := .Options}}"
    '{{if eq $key "com.docker.network.bridge.name"}} {{$value}}{{end}}'
    "{{end}}"
)


def failure(network: str, reason: str, remedy: str) -> vtep.Error:
    named = f' "{network}"' if network else ""
    return vtep.Error(f"cannot find the bridge of Docker network{named}: {reason}; {remedy}")


def one_line(text: str) -> str:
    return text.rstrip(" \t\r\n").replace("\n", " ")


def bridge_of(network: str) -> str:
    """Asks Docker; ``docker`` finds its Engine itself (DOCKER_HOST, the current context)."""
    command = ["docker", "network", "inspect", "--format", FORMAT, "--", network]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, errors="replace")
    except FileNotFoundError:
        raise failure(
            network, 'there is no command "docker" in PATH', "install it, or name the bridge with --bridge"
        ) from None
    except OSError:
        answer = subprocess.CompletedProcess(command, -1, "", "")
    if answer.returncode < 0:
        raise failure(network, "docker cannot be started, or was killed", "name the bridge with --bridge")
    if answer.returncode:
        raise failure(network, f'docker says "{one_line(answer.stderr)}"', 'see "docker network ls"')
    return bridge_of_answer(network, one_line(answer.stdout))


def bridge_of_answer(network: str, answer: str) -> str:
    fields = answer.split()
    if len(fields) < 2:
        raise failure(network, f'docker answers "{answer}"', "name the bridge with --bridge")
    if fields[0] != "bridge":
        raise failure(
            network,
            f'it is a network of the driver "{fields[0]}"',
            'use one of "docker network ls -f driver=bridge"',
        )
    # Without a name of its own choice a network's bridge is called after the start of its id.
    return fields[2] if len(fields) > 2 else f"br-{fields[1][:12]}"
