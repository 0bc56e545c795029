/* Hosts in other network namespaces: by path, descriptor and process. The calling thread stays where it is, and no
 * descriptor of the library outlives its host or reaches a program that is started. */
#include "network.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

static ino_t namespace_of_thread(void) {
    struct stat status;
    CHECK(stat("/proc/thread-self/ns/net", &status) == 0);
    return status.st_ino;
}

/* A process in a network namespace of its own. */
static pid_t start_elsewhere(void) {
    int ready[2];
    char byte = 0;
    pid_t child;
    CHECK(pipe(ready) == 0);
    child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        byte = unshare(CLONE_NEWNET) == 0;
        if (write(ready[1], &byte, 1) == 1) pause();
        _exit(0);
    }
    CHECK(read(ready[0], &byte, 1) == 1 && byte == 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void stop(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* The host is in a namespace where only `marker` is, and changes nothing here. */
static void expect_elsewhere(vtep_host *host, vtep_host *here, const char *marker) {
    uint32_t before = link_count(here);
    EQUAL(link_count(host), 1);
    make_bridge(host, marker);
    EQUAL(link_count(host), 2);
    EQUAL(link_count(here), before);
    FAILS(VTEP_E_NOTFOUND, marker, vtep_host_link_get(here, marker, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "here0", vtep_host_link_get(host, "here0", NULL, &err));
}

static void three_ways_in(vtep_host *here) {
    ino_t before = namespace_of_thread();
    int fd = new_namespace(), other = new_namespace(), descriptors = open_descriptors();
    pid_t child = start_elsewhere();
    char path[64];
    vtep_host *by_fd = NULL, *by_path = NULL, *by_pid = NULL, *again = NULL;
    OK(vtep_host_open_fd(fd, &by_fd, &err));
    snprintf(path, sizeof path, "/proc/self/fd/%d", other);
    OK(vtep_host_open_path(path, &by_path, &err));
    OK(vtep_host_open_pid((int32_t)child, &by_pid, &err));
    CHECK(namespace_of_thread() == before);
    expect_elsewhere(by_fd, here, "fd0");
    expect_elsewhere(by_path, here, "path0");
    expect_elsewhere(by_pid, here, "pid0");
    OK(vtep_host_open_path(path, &again, &err)); /* the same namespace through a second host */
    CHECK(index_of(again, "path0") == index_of(by_path, "path0"));
    CHECK(fcntl(fd, F_GETFD) >= 0); /* the descriptor stays the caller's ... */
    close(fd);
    EQUAL(link_count(by_fd), 2); /* ... who may close it */
    stop(child);
    EQUAL(link_count(by_pid), 2);
    vtep_host_close(again);
    vtep_host_close(by_pid);
    vtep_host_close(by_path);
    vtep_host_close(by_fd);
    close(other);
    EQUAL(open_descriptors(), descriptors - 2);
    CHECK(namespace_of_thread() == before);
}

static void hosts_close_in_any_order(void) {
    vtep_host *first = open_host(), *second = open_host();
    vtep_link_list *list = NULL;
    vtep_link link = VTEP_LINK_INIT;
    OK(vtep_host_links(first, NULL, &list, &err));
    vtep_host_close(first);
    OK(vtep_link_list_get(list, 0, &link, &err)); /* a list does not depend on its host */
    CHECK(link_count(second) == vtep_link_list_count(list));
    vtep_host_close(second);
    vtep_link_list_free(list);
}

static void descriptors_are_close_on_exec(void) {
    int before = open_descriptors(), fd = new_namespace(), found = 0, number;
    vtep_host *here = open_host(), *there = NULL;
    OK(vtep_host_open_fd(fd, &there, &err));
    close(fd);
    for (number = 3; number < 4096; number++) {
        int flags = fcntl(number, F_GETFD);
        char path[64], target[64];
        ssize_t length;
        if (flags < 0) continue;
        snprintf(path, sizeof path, "/proc/self/fd/%d", number);
        length = readlink(path, target, sizeof target - 1);
        target[length < 0 ? 0 : length] = 0;
        if (strncmp(target, "socket:", 7) != 0 && strncmp(target, "net:", 4) != 0) continue;
        found++;
        CHECK(flags & FD_CLOEXEC);
    }
    CHECK(found >= 2); /* each host has its socket */
    vtep_host_close(here);
    vtep_host_close(there);
    EQUAL(open_descriptors(), before);
}

/* The kernel, not the program, decides what the library may do in there: links move, and their peers are born there. */
static void moving_links(vtep_host *here) {
    int fd = new_namespace();
    pid_t child = start_elsewhere();
    char path[64];
    vtep_host *there = NULL, *with_child = NULL;
    vtep_veth_options veth = veth_named("m0", "m1");
    uint32_t before = link_count(here);
    OK(vtep_host_open_fd(fd, &there, &err));
    OK(vtep_host_open_pid((int32_t)child, &with_child, &err));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    make_veth(here, "m0", "m1");
    OK(vtep_host_link_move_fd(here, "m1", fd, &err));
    OK(vtep_host_link_get(there, "m1", NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "m1", vtep_host_link_get(here, "m1", NULL, &err));
    OK(vtep_host_link_move_pid(there, "m1", (int32_t)child, &err));
    OK(vtep_host_link_get(with_child, "m1", NULL, &err));
    OK(vtep_host_link_move_path(with_child, "m1", path, &err));
    OK(vtep_host_link_get(there, "m1", NULL, &err));
    make_veth(here, "m1", "m2"); /* a bridge could not move: the kernel keeps it where it was made */
    FAILS(VTEP_E_EXISTS, "m1", vtep_host_link_move_fd(here, "m1", fd, &err));
    OK(vtep_host_link_delete(here, "m1", "veth", &err));
    FAILS(VTEP_E_INVAL, "lo", vtep_host_link_move_fd(here, "lo", fd, &err));
    OK(vtep_host_link_delete(here, "m0", "veth", &err));
    FAILS(VTEP_E_NOTFOUND, "m1", vtep_host_link_get(there, "m1", NULL, &err)); /* the peer went along */

    veth.peer_netns_fd = fd;
    veth.has = VTEP_VETH_OPTIONS_HAS_PEER_NETNS_FD;
    OK(vtep_host_veth_create(here, &veth, NULL, &err));
    OK(vtep_host_link_delete(there, "m1", "veth", &err));
    veth.has = 0;
    veth.peer_netns_path = path;
    OK(vtep_host_veth_create(here, &veth, NULL, &err));
    OK(vtep_host_link_delete(there, "m1", "veth", &err));
    veth.peer_netns_path = NULL;
    veth.peer_netns_pid = (int32_t)child;
    veth.has = VTEP_VETH_OPTIONS_HAS_PEER_NETNS_PID;
    OK(vtep_host_veth_create(here, &veth, NULL, &err));
    OK(vtep_host_link_delete(with_child, "m1", "veth", &err));
    veth.peer_netns_fd = fd;
    veth.has |= VTEP_VETH_OPTIONS_HAS_PEER_NETNS_FD;
    FAILS(VTEP_E_INVAL, "namespace", vtep_host_veth_create(here, &veth, NULL, &err)); /* two at once */
    EQUAL(link_count(here), before);
    vtep_host_close(there);
    vtep_host_close(with_child);
    close(fd);
    stop(child);
}

/* What is no network namespace. */
static void no_namespace(vtep_host *here) {
    vtep_host *host;
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC), mount = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
    int descriptors = open_descriptors();
    char *endless = (char *)malloc(4096);
    vtep_veth_options veth = veth_named("n0", "n1");
    pid_t gone = fork();
    if (gone == 0) _exit(0);
    waitpid(gone, NULL, 0); /* its id is not in use */
    memset(endless, 'x', 4096);
#define REFUSED(status, words, call) \
    do { \
        memset(&host, 0x5A, sizeof host); \
        FAILS(status, words, call); \
        CHECK(host == NULL); \
    } while (0)
    REFUSED(VTEP_E_NOTFOUND, "/run/netns/no-such-namespace",
            vtep_host_open_path("/run/netns/no-such-namespace", &host, &err));
    EQUAL(err.sys_errno, ENOENT);
    REFUSED(VTEP_E_INVAL, "/dev/null", vtep_host_open_path("/dev/null", &host, &err));
    REFUSED(VTEP_E_INVAL, "/proc/self/ns/mnt", vtep_host_open_path("/proc/self/ns/mnt", &host, &err));
    REFUSED(VTEP_E_INVAL, "/proc", vtep_host_open_path("/proc", &host, &err));
    REFUSED(VTEP_E_NOTFOUND, "", vtep_host_open_path("", &host, &err));
    REFUSED(VTEP_E_INVAL, "4095", vtep_host_open_path(endless, &host, &err)); /* no NUL among 4096 bytes */
    REFUSED(VTEP_E_INVAL, "", vtep_host_open_fd(null, &host, &err));
    REFUSED(VTEP_E_INVAL, "", vtep_host_open_fd(mount, &host, &err));
    REFUSED(VTEP_E_INVAL, "", vtep_host_open_fd(-1, &host, &err));
    REFUSED(VTEP_E_INVAL, "", vtep_host_open_fd(4000, &host, &err));
    REFUSED(VTEP_E_NOTFOUND, "", vtep_host_open_pid((int32_t)gone, &host, &err));
    REFUSED(VTEP_E_INVAL, "", vtep_host_open_pid(0, &host, &err));
    REFUSED(VTEP_E_INVAL, "", vtep_host_open_pid(-1, &host, &err));
    REFUSED(VTEP_E_INVAL, "", vtep_host_open_pid(INT32_MIN, &host, &err));
    FAILS(VTEP_E_INVAL, "", vtep_host_link_move_fd(here, "here0", null, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_host_link_move_pid(here, "here0", (int32_t)gone, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_host_link_move_path(here, "here0", "/run/netns/no-such-namespace", &err));
    FAILS(VTEP_E_INVAL, "", vtep_host_link_move_path(here, "here0", "/dev/null", &err));
    OK(vtep_host_link_get(here, "here0", NULL, &err));
    veth.peer_netns_path = "/run/netns/no-such-namespace";
    FAILS(VTEP_E_NOTFOUND, "", vtep_host_veth_create(here, &veth, NULL, &err));
    veth.peer_netns_path = NULL;
    veth.peer_netns_fd = null;
    veth.has = VTEP_VETH_OPTIONS_HAS_PEER_NETNS_FD;
    FAILS(VTEP_E_INVAL, "", vtep_host_veth_create(here, &veth, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "n0", vtep_host_link_get(here, "n0", NULL, &err));
    EQUAL(open_descriptors(), descriptors);
    free(endless);
    close(null);
    close(mount);
}

int main(void) {
    vtep_host *here = open_host();
    make_bridge(here, "here0");
    three_ways_in(here);
    hosts_close_in_any_order();
    descriptors_are_close_on_exec();
    moving_links(here);
    no_namespace(here);
    vtep_host_close(here);
    return check_result();
}
