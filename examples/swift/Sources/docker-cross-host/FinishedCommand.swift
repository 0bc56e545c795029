@unsafe @preconcurrency internal import Glibc  // for environ

/// What a command left behind. Foundation's Process would do, but it waits for ever where the loopback link is down,
/// as it is in a new network namespace.
struct FinishedCommand {
    /// As the shell's.
    static let notFound: Int32 = 127

    var status: Int32
    /// Each without line ends: they became spaces.
    var output: String
    var complaint: String
}

/// Runs a command, which is looked for along PATH, without a shell; `nil` if it cannot be run to its end.
func run(_ command: [String]) -> FinishedCommand? {
    guard let output = Pipe(), let complaint = Pipe() else { return nil }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, output.writeEnd, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, complaint.writeEnd, STDERR_FILENO)

    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let failure = unsafe posix_spawnp(&process, command[0], &actions, nil, &arguments, environ)
    let texts = (output.readToEnd(), complaint.readToEnd())
    if failure == ENOENT { return FinishedCommand(status: FinishedCommand.notFound, output: "", complaint: "") }
    guard failure == 0, let status = exitStatus(of: process) else { return nil }
    return FinishedCommand(status: status, output: texts.0, complaint: texts.1)
}

private func exitStatus(of process: pid_t) -> Int32? {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
        if errno != EINTR { return nil }
    }
    // WIFEXITED and WEXITSTATUS, which are macros.
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
}
