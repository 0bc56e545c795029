internal import VTEP

/// Asks Docker for the bridge of a network. `docker` finds its Engine itself (DOCKER_HOST, the current context).
func bridgeOfDockerNetwork(_ network: String) throws -> String {
    let format = """
        {{.Driver}} {{.Id}}\
        {{range $key, $value := .Options}}\
        {{if eq $key "com.docker.network.bridge.name"}} {{$value}}{{end}}\
        {{end}}
        """
    let docker = run(["docker", "network", "inspect", "--format", format, "--", network])
    guard let docker else {
        throw failure(network, "docker cannot be started, or was killed", "name the bridge with --bridge")
    }
    if docker.status == FinishedCommand.notFound {
        throw failure(network, "there is no command \"docker\" in PATH", "install it, or name the bridge with --bridge")
    }
    if docker.status != 0 {
        throw failure(network, "docker says \"\(docker.complaint)\"", "see \"docker network ls\"")
    }
    return try bridge(of: network, answer: docker.output)
}

private func bridge(of network: String, answer: String) throws(VTEPError) -> String {
    let fields = answer.split(separator: " ").map(String.init)
    guard fields.count >= 2 else {
        throw failure(network, "docker answers \"\(answer)\"", "name the bridge with --bridge")
    }
    if fields[0] != "bridge" {
        throw failure(
            network, "it is a network of the driver \"\(fields[0])\"",
            "use one of \"docker network ls -f driver=bridge\"")
    }
    // Without a name of its own choice a network's bridge is called after the start of its id.
    return fields.count > 2 ? fields[2] : "br-" + fields[1].prefix(12)
}

private func failure(_ network: String, _ reason: String, _ remedy: String) -> VTEPError {
    VTEPError(
        .notFound, attempted: "find the bridge of Docker network", subject: network, reason: reason, remedy: remedy)
}
