// What the tests need of the kernel and Swift cannot do on its own threads. Every function returns a value >= 0, or
// -errno.
#ifndef TEST_NETWORK_H
#define TEST_NETWORK_H

#include <stddef.h>
#include <sys/types.h>

/// A new network namespace with loopback up, as a close-on-exec descriptor. It has no name and no process: it is gone
/// with the last descriptor, however the test ends.
int tn_make_namespace(void);

struct tn_process;

/// Starts a program inside the network namespace `netns` (-1: the caller's). It gets SIGKILL when this process ends.
/// 0, or -errno where it cannot be started; `argv` is searched in PATH and need not outlive the call.
int tn_start(int netns, char *const argv[], struct tn_process **process);
pid_t tn_pid(const struct tn_process *process);
/// Writes `input`, closes the program's standard input and reads what it prints until it ends, or is killed after
/// `timeout_ms`. Returns its wait status. `output` and `errors` are the caller's to free.
int tn_finish(
    struct tn_process *process, const void *input, size_t input_length, int timeout_ms,
    char **output, size_t *output_length, char **errors, size_t *errors_length);

/// A packet socket that sees every frame of a link, close-on-exec and non-blocking.
int tn_capture(int netns, const char *link);

/// Makes a packet socket of tn_capture fit for tn_receive_frame.
int tn_keep_vlan_tags(int fd);
/// The next frame of such a socket, its VLAN tag included, of at most `capacity` bytes, which are more than 4.
/// Its length, -EAGAIN after `timeout_ms`, or another -errno. `outgoing`: this host sent it.
ssize_t tn_receive_frame(int fd, void *buffer, size_t capacity, int timeout_ms, int *outgoing);
int tn_send_frame(int fd, const void *frame, size_t length);

/// A descriptor of /dev/net/tun with these IFF_* flags, as a program of somebody else's opens it: without O_NONBLOCK.
int tn_open_tun(int netns, const char *name, int flags);

/// A blocking, close-on-exec socket of a namespace.
int tn_socket(int netns, int domain, int type);

/// Takes capabilities (a mask of 1 << CAP_*) from the calling thread alone.
int tn_drop_capabilities(unsigned long long mask);

/// The calling process gets SIGKILL when the one that started it ends.
int tn_die_with_parent(void);

/// Bytes that malloc has handed out (mallinfo2), all arenas.
size_t tn_allocated_bytes(void);

#endif
