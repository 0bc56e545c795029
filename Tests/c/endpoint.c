/* Endpoints through the header: two of them joined over loopback, every kind of port, both ways to run them, and every
 * argument that can't be meant. */
#include "network.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

enum { VNI = 120, LENGTH = 64 };

static vtep_endpoint *open_endpoint(const char *local) {
    vtep_underlay_options underlay = VTEP_UNDERLAY_OPTIONS_INIT;
    vtep_endpoint_options options = VTEP_ENDPOINT_OPTIONS_INIT;
    vtep_endpoint *endpoint = NULL;
    underlay.local = ip(local);
    underlay.has = VTEP_UNDERLAY_HAS_TRANSMIT_SOCKETS;
    underlay.transmit_sockets = 2;
    options.ipv4 = &underlay;
    if (!OK(vtep_endpoint_new(&options, &endpoint, &err))) exit(check_result());
    return endpoint;
}

static void join(vtep_endpoint *endpoint, const char *remote) {
    vtep_engine_remote other = VTEP_ENGINE_REMOTE_INIT;
    other.address = ip(remote);
    OK(vtep_endpoint_vni_add(endpoint, VNI, NULL, &err));
    OK(vtep_endpoint_default_remote_add(endpoint, VNI, &other, &err));
}

static uint32_t add_memory(vtep_endpoint *endpoint, vtep_memory_port *memory) {
    vtep_endpoint_port_options options = VTEP_ENDPOINT_PORT_OPTIONS_INIT;
    uint32_t port = 0;
    options.kind = VTEP_ENDPOINT_PORT_MEMORY;
    options.memory = memory;
    OK(vtep_endpoint_port_add(endpoint, VNI, &options, &port, &err));
    return port;
}

static void fill(uint8_t *frame, uint8_t to, uint8_t from, uint8_t mark) {
    memset(frame, mark, LENGTH);
    memset(frame, 0, 12);
    frame[0] = 2, frame[5] = to;
    frame[6] = 2, frame[11] = from;
    frame[12] = 0x88, frame[13] = 0xB5;
}

/* Waits up to five seconds, valgrind's included. */
static int readable(int fd) {
    struct pollfd polled = { fd, POLLIN, 0 };
    return poll(&polled, 1, 5000) == 1;
}

struct arrivals {
    uint32_t count, length;
    uint8_t mark;
    int event;
};

static void arrive(void *context, const void *frame, uint32_t length) {
    struct arrivals *arrivals = (struct arrivals *)context;
    uint64_t one = 1;
    arrivals->length = length;
    arrivals->mark = ((const uint8_t *)frame)[LENGTH - 1];
    __atomic_add_fetch(&arrivals->count, 1, __ATOMIC_RELEASE);
    if (write(arrivals->event, &one, sizeof one) < 0) abort();
}

static void *run(void *endpoint) {
    vtep_error error = VTEP_ERROR_INIT;
    vtep_endpoint_run((vtep_endpoint *)endpoint, 0, -1, &error);
    return NULL;
}

/* One runs on a thread of its own and takes frames with a callback; the other is stepped here, and has a queue. */
static void check_traffic(void) {
    vtep_endpoint *a = open_endpoint("127.0.0.1"), *b = open_endpoint("127.0.0.2");
    struct arrivals arrivals = { 0, 0, 0, eventfd(0, EFD_CLOEXEC) };
    vtep_memory_port *calls = NULL, *queue = NULL;
    vtep_capture *capture = NULL, *none = NULL;
    FILE *file = tmpfile();
    uint32_t captured = 0, magic = 0;
    uint8_t frame[LENGTH], received[LENGTH];
    uint32_t length = 0, i;
    uint64_t *counters = (uint64_t *)calloc(vtep_engine_counter_count(), 8);
    uint8_t running = 0;

    OK(vtep_capture_new(VTEP_CAPTURE_UNDERLAY | VTEP_CAPTURE_PORTS, 0, 0, &capture, &err));
    FAILS(VTEP_E_INVAL, "points", vtep_capture_new(0, 0, 0, &none, &err));
    OK(vtep_endpoint_capture(b, capture, &err));
    join(a, "127.0.0.2");
    join(b, "127.0.0.1");
    OK(vtep_memory_port_new(0, arrive, &arrivals, &calls, &err));
    OK(vtep_memory_port_new(1 << 17, NULL, NULL, &queue, &err));
    add_memory(a, calls);
    add_memory(b, queue);
    OK(vtep_endpoint_start(a, &err));
    FAILS(VTEP_E_EXISTS, "was started", vtep_endpoint_start(a, &err));

    fill(frame, 0xB, 0xA, 7);
    EQUAL(vtep_memory_port_send(calls, frame, LENGTH), VTEP_OK);
    CHECK(readable(vtep_endpoint_fd(b, 0)));
    OK(vtep_endpoint_step(b, 0, 0, &running, &err));
    EQUAL(running, 1);
    CHECK(readable(vtep_memory_port_fd(queue)));
    EQUAL(vtep_memory_port_receive(queue, received, LENGTH - 1, &length), VTEP_E_NOSPACE);
    EQUAL(length, LENGTH);
    EQUAL(vtep_memory_port_receive(queue, received, LENGTH, &length), VTEP_E_NOTFOUND);
    EQUAL(vtep_memory_port_send(calls, frame, LENGTH), VTEP_OK);
    for (i = 0; i < 50 && vtep_memory_port_receive(queue, received, LENGTH, &length) != VTEP_OK; i++)
        OK(vtep_endpoint_step(b, 0, 100, NULL, &err));
    EQUAL(length, LENGTH);
    CHECK(memcmp(frame, received, LENGTH) == 0);

    fill(frame, 0xA, 0xB, 9);
    EQUAL(vtep_memory_port_send(queue, frame, LENGTH), VTEP_OK);
    OK(vtep_endpoint_step(b, 0, 1000, NULL, &err));
    CHECK(readable(arrivals.event));
    EQUAL(__atomic_load_n(&arrivals.count, __ATOMIC_ACQUIRE), 1);
    EQUAL(arrivals.length, LENGTH);
    EQUAL(arrivals.mark, 9);

    /* b has learnt a's station, and knew where to send its answer. */
    {
        vtep_engine_fdb_list *list = NULL;
        vtep_engine_fdb_entry entry = VTEP_ENGINE_FDB_ENTRY_INIT;
        vtep_engine_event event = VTEP_ENGINE_EVENT_INIT;
        OK(vtep_endpoint_fdb(b, VNI, &list, &err));
        for (i = 0; i < vtep_engine_fdb_list_count(list); i++) {
            OK(vtep_engine_fdb_list_get(list, i, &entry, &err));
            if (entry.mac.bytes[5] == 0xA) break;
        }
        EQUAL(entry.mac.bytes[5], 0xA);
        CHECK(same_ip(entry.remote, ip("127.0.0.1")));
        EQUAL(entry.kind, VTEP_ENGINE_FDB_LEARNT);
        vtep_engine_fdb_list_free(list);
        OK(vtep_endpoint_event_next(b, &event, &err));
        EQUAL(event.kind, VTEP_ENGINE_EVENT_LEARNT);
        while (vtep_endpoint_event_next(b, &event, &err) == VTEP_OK) {}
        EQUAL(err.code, VTEP_E_NOTFOUND);
    }
    OK(vtep_endpoint_counters(b, counters, vtep_engine_counter_count(), &err));
    for (i = 0; i < vtep_engine_counter_count(); i++) {
        if (strcmp(vtep_engine_counter_name(i), "datagrams_from_underlay") == 0) EQUAL(counters[i], 2);
        if (strcmp(vtep_engine_counter_name(i), "flooded_frames") == 0) EQUAL(counters[i], 0);
    }
    OK(vtep_endpoint_vni_counters(b, VNI, counters, 1, &err));
    FAILS(VTEP_E_NOTFOUND, "121", vtep_endpoint_vni_counters(b, 121, counters, 1, &err));
    {
        vtep_underlay_statistics statistics = VTEP_UNDERLAY_STATISTICS_INIT;
        OK(vtep_endpoint_underlay_statistics(b, 4, &statistics, &err));
        EQUAL(statistics.messages_received, 2);
        FAILS(VTEP_E_NOTFOUND, "IPv6", vtep_endpoint_underlay_statistics(b, 6, &statistics, &err));
        FAILS(VTEP_E_INVAL, "family", vtep_endpoint_underlay_statistics(b, 5, &statistics, &err));
    }
    /* Three datagrams on the underlay, and their three frames at the port. */
    OK(vtep_capture_drain(capture, fileno(file), &captured, &err));
    EQUAL(captured, 6);
    OK(vtep_endpoint_capture(b, NULL, &err));
    OK(vtep_capture_finish(capture, fileno(file), &err));
    EQUAL(pread(fileno(file), &magic, sizeof magic, 0), (ssize_t)sizeof magic);
    EQUAL(magic, 0x0A0D0D0A);
    FAILS(VTEP_E_INVAL, "capture", vtep_capture_drain(NULL, 1, NULL, &err));
    vtep_capture_free(capture);
    vtep_capture_free(NULL);
    fclose(file);
    vtep_endpoint_stop(a);
    vtep_endpoint_stop(b);
    OK(vtep_endpoint_step(b, 0, 1000, &running, &err));
    EQUAL(running, 0);
    vtep_endpoint_free(a);
    vtep_endpoint_free(b);
    vtep_memory_port_free(calls);
    vtep_memory_port_free(queue);
    close(arrivals.event);
    free(counters);
}

/* A caller's thread in vtep_endpoint_run comes back from vtep_endpoint_stop, and from a descriptor. */
static void check_ending(void) {
    vtep_endpoint *endpoint = open_endpoint("127.0.0.3");
    int event = eventfd(1, EFD_CLOEXEC);
    pthread_t thread;
    OK(vtep_endpoint_run(endpoint, 0, event, &err));
    FAILS(VTEP_E_INVAL, "worker 1", vtep_endpoint_run(endpoint, 1, event, &err));
    EQUAL(vtep_endpoint_fd(endpoint, 1), -1);
    if (pthread_create(&thread, NULL, run, endpoint) != 0) abort();
    usleep(20000);
    vtep_endpoint_stop(endpoint);
    pthread_join(thread, NULL);
    vtep_endpoint_free(endpoint);
    close(event);
}

/* QEMU's framing on sockets that were handed over, and a TAP: all in one VNI, switched without an underlay. */
static void check_ports(void) {
    vtep_endpoint *endpoint = open_endpoint("127.0.0.4");
    vtep_endpoint_port_options options = VTEP_ENDPOINT_PORT_OPTIONS_INIT;
    vtep_port_statistics statistics = VTEP_PORT_STATISTICS_INIT;
    int stream[2], datagram[2];
    uint32_t ports[2] = { 0, 0 }, tap = 0, prefixed = htonl(LENGTH);
    uint8_t frame[4 + LENGTH], received[LENGTH + 1];
    vtep_prefix address = prefix("10.16.0.2/24");
    char name[16];

    OK(vtep_endpoint_vni_add(endpoint, VNI, NULL, &err));
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, stream) != 0 || socketpair(AF_UNIX, SOCK_DGRAM, 0, datagram) != 0) abort();
    options.fd_count = 1;
    options.kind = VTEP_ENDPOINT_PORT_STREAM_FD;
    options.fds = &stream[0];
    OK(vtep_endpoint_port_add(endpoint, VNI, &options, &ports[0], &err));
    options.kind = VTEP_ENDPOINT_PORT_DATAGRAM_FD;
    options.fds = &datagram[0];
    OK(vtep_endpoint_port_add(endpoint, VNI, &options, &ports[1], &err));
    CHECK(ports[0] != ports[1]);
    OK(vtep_endpoint_start(endpoint, &err));

    memcpy(frame, &prefixed, 4);
    fill(frame + 4, 0xD, 0xC, 3);
    EQUAL(send(stream[1], frame, sizeof frame, 0), (ssize_t)sizeof frame);
    CHECK(readable(datagram[1]));
    EQUAL(recv(datagram[1], received, sizeof received, 0), LENGTH);
    CHECK(memcmp(received, frame + 4, LENGTH) == 0);
    OK(vtep_endpoint_port_statistics(endpoint, ports[0], &statistics, &err));
    EQUAL(statistics.violations, 0);
    OK(vtep_endpoint_port_interface(endpoint, ports[0], name, sizeof name, &err));
    TEXT(name, "");

    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.kind = VTEP_ENDPOINT_PORT_TAP;
    options.has = VTEP_ENDPOINT_PORT_HAS_MTU | VTEP_ENDPOINT_PORT_HAS_MAC;
    options.mtu = 1400;
    options.mac = mac("02:00:00:00:00:01");
    options.addresses = &address;
    options.address_count = 1;
    OK(vtep_endpoint_port_add(endpoint, VNI, &options, &tap, &err));
    OK(vtep_endpoint_port_interface(endpoint, tap, name, sizeof name, &err));
    CHECK(strncmp(name, "tap", 3) == 0);
    FAILS(VTEP_E_NOSPACE, "", vtep_endpoint_port_interface(endpoint, tap, name, 2, &err));
    {
        vtep_host *host = open_host();
        vtep_link link = VTEP_LINK_INIT;
        OK(vtep_endpoint_port_interface(endpoint, tap, name, sizeof name, &err));
        OK(vtep_host_link_get(host, name, &link, &err));
        EQUAL(link.mtu, 1400);
        CHECK(same_mac(link.mac, options.mac));
        OK(vtep_endpoint_port_remove(endpoint, tap, &err));
        FAILS(VTEP_E_NOTFOUND, "", vtep_host_link_get(host, name, &link, &err));
        vtep_host_close(host);
    }
    FAILS(VTEP_E_NOTFOUND, "", vtep_endpoint_port_remove(endpoint, tap, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_endpoint_port_statistics(endpoint, tap, &statistics, &err));
    vtep_endpoint_free(endpoint);
    close(stream[1]);
    close(datagram[1]);
}

static void check_tables(void) {
    vtep_endpoint *endpoint = open_endpoint("127.0.0.5");
    vtep_engine_remote remotes[2] = { VTEP_ENGINE_REMOTE_INIT, VTEP_ENGINE_REMOTE_INIT };
    vtep_engine_fdb_entry entry = VTEP_ENGINE_FDB_ENTRY_INIT;
    vtep_engine_fdb_list *list = NULL;
    vtep_vni_policy policy = VTEP_VNI_POLICY_INIT;
    vtep_ip peer = ip("127.0.0.9"), address = ip("10.16.0.9"), v6 = ip("fd00::1");
    vtep_mac station = mac("02:00:00:00:00:09"), found;

    policy.neighbours = VTEP_NEIGHBOURS_SUPPRESS;
    OK(vtep_endpoint_vni_add(endpoint, VNI, &policy, &err));
    FAILS(VTEP_E_EXISTS, "120", vtep_endpoint_vni_add(endpoint, VNI, NULL, &err));
    OK(vtep_endpoint_vni_set_policy(endpoint, VNI, NULL, &err));
    OK(vtep_endpoint_peer_add(endpoint, &peer, &err));
    FAILS(VTEP_E_EXISTS, "", vtep_endpoint_peer_add(endpoint, &peer, &err));
    OK(vtep_endpoint_peer_remove(endpoint, &peer, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_endpoint_peer_remove(endpoint, &peer, &err));
    FAILS(VTEP_E_INVAL, "underlay", vtep_endpoint_peer_add(endpoint, &v6, &err));

    remotes[0].address = ip("127.0.0.6");
    remotes[1].address = ip("127.0.0.7");
    OK(vtep_endpoint_default_remotes_set(endpoint, VNI, remotes, 2, &err));
    FAILS(VTEP_E_EXISTS, "", vtep_endpoint_default_remote_add(endpoint, VNI, &remotes[1], &err));
    OK(vtep_endpoint_default_remotes_set(endpoint, VNI, remotes, 1, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_endpoint_default_remote_remove(endpoint, VNI, &remotes[1], &err));
    OK(vtep_endpoint_default_remote_remove(endpoint, VNI, &remotes[0], &err));
    OK(vtep_endpoint_default_remotes_set(endpoint, VNI, NULL, 0, &err));
    remotes[0].address = ip("127.0.0.5");
    FAILS(VTEP_E_INVAL, "own address", vtep_endpoint_default_remote_add(endpoint, VNI, &remotes[0], &err));

    entry.vni = VNI;
    entry.mac = station;
    entry.remote = ip("127.0.0.6");
    entry.kind = VTEP_ENGINE_FDB_PERMANENT;
    OK(vtep_endpoint_fdb_set(endpoint, &entry, &err));
    entry.remote = ip("127.0.0.7");
    OK(vtep_endpoint_fdb_append(endpoint, &entry, &err));
    OK(vtep_endpoint_fdb_flush(endpoint, VNI, &err));
    OK(vtep_endpoint_fdb(endpoint, VNI, &list, &err));
    EQUAL(vtep_engine_fdb_list_count(list), 2);
    vtep_engine_fdb_list_free(list);
    OK(vtep_endpoint_fdb_remove(endpoint, VNI, &station, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_endpoint_fdb_remove(endpoint, VNI, &station, &err));

    OK(vtep_endpoint_binding_set(endpoint, VNI, &address, &station, 0, &err));
    OK(vtep_endpoint_binding_get(endpoint, VNI, &address, &found, &err));
    CHECK(same_mac(found, station));
    OK(vtep_endpoint_binding_remove(endpoint, VNI, &address, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_endpoint_binding_get(endpoint, VNI, &address, &found, &err));

    OK(vtep_endpoint_vni_remove(endpoint, VNI, &err));
    FAILS(VTEP_E_NOTFOUND, "120", vtep_endpoint_vni_remove(endpoint, VNI, &err));
    FAILS(VTEP_E_NOTFOUND, "120", vtep_endpoint_default_remotes_set(endpoint, VNI, NULL, 0, &err));
    vtep_endpoint_free(endpoint);
}

static void check_arguments(void) {
    vtep_endpoint_options options = VTEP_ENDPOINT_OPTIONS_INIT;
    vtep_underlay_options underlay = VTEP_UNDERLAY_OPTIONS_INIT;
    vtep_engine_options engine = VTEP_ENGINE_OPTIONS_INIT;
    vtep_endpoint_port_options port = VTEP_ENDPOINT_PORT_OPTIONS_INIT;
    vtep_endpoint *endpoint = NULL, *other = (vtep_endpoint *)&options;
    vtep_memory_port *memory = NULL;
    uint32_t length;
    int fd = -1, pipes[2];

    FAILS(VTEP_E_INVAL, "options", vtep_endpoint_new(NULL, &endpoint, &err));
    FAILS(VTEP_E_INVAL, "no underlay", vtep_endpoint_new(&options, &endpoint, &err));
    options.ipv4 = &underlay;
    FAILS(VTEP_E_INVAL, "out", vtep_endpoint_new(&options, NULL, &err));
    options.engine = &engine;
    engine.has = VTEP_ENGINE_HAS_ENTROPY_SOCKETS;
    engine.entropy_sockets = 4;
    FAILS(VTEP_E_INVAL, "the endpoint's", vtep_endpoint_new(&options, &endpoint, &err));
    engine.has = VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES;
    FAILS(VTEP_E_INVAL, "", vtep_endpoint_new(&options, &endpoint, &err));
    options.engine = NULL;
    options.has = VTEP_ENDPOINT_HAS_WORKERS;
    FAILS(VTEP_E_INVAL, "workers", vtep_endpoint_new(&options, &endpoint, &err));
    options.has = VTEP_ENDPOINT_HAS_BUSY_POLL;
    options.busy_poll = 10001;
    FAILS(VTEP_E_INVAL, "busy polling", vtep_endpoint_new(&options, &endpoint, &err));
    options.has = 0x80;
    FAILS(VTEP_E_INVAL, "bits", vtep_endpoint_new(&options, &endpoint, &err));
    options.has = 0;
    options.netns = "/tmp";
    FAILS(VTEP_E_INVAL, "namespace", vtep_endpoint_new(&options, &endpoint, &err));
    options.netns = NULL;
    underlay.size = 3;
    FAILS(VTEP_E_INVAL, "size", vtep_endpoint_new(&options, &endpoint, &err));
    underlay.size = sizeof underlay;
    underlay.has = VTEP_UNDERLAY_HAS_PORT;
    underlay.port = 65536;
    FAILS(VTEP_E_INVAL, "65536", vtep_endpoint_new(&options, &endpoint, &err));
    underlay.port = 4790;
    underlay.device = "nothing0";
    CHECK(vtep_endpoint_new(&options, &endpoint, &err) != VTEP_OK && endpoint == NULL);
    underlay.device = NULL;
    OK(vtep_endpoint_new(&options, &endpoint, &err));
    FAILS(VTEP_E_BUSY, "4790", vtep_endpoint_new(&options, &other, &err));
    CHECK(other == NULL);

    OK(vtep_endpoint_vni_add(endpoint, VNI, NULL, &err));
    FAILS(VTEP_E_INVAL, "options", vtep_endpoint_port_add(endpoint, VNI, NULL, NULL, &err));
    FAILS(VTEP_E_INVAL, "kind", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.kind = VTEP_ENDPOINT_PORT_MEMORY;
    FAILS(VTEP_E_INVAL, "memory", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.kind = VTEP_ENDPOINT_PORT_STREAM;
    FAILS(VTEP_E_INVAL, "name", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.kind = VTEP_ENDPOINT_PORT_TAP_FDS;
    FAILS(VTEP_E_INVAL, "fd_count", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.fd_count = 1;
    FAILS(VTEP_E_INVAL, "fds", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.fds = &fd;
    CHECK(vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err) != VTEP_OK);
    if (pipe(pipes) != 0) abort();
    port.fds = &pipes[0];
    CHECK(vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err) != VTEP_OK); /* no TAP: it stays the caller's */
    port.kind = VTEP_ENDPOINT_PORT_STREAM_FD;
    CHECK(vtep_endpoint_port_add(endpoint, 121, &port, NULL, &err) != VTEP_OK);
    EQUAL(close(pipes[0]), 0);
    EQUAL(close(pipes[1]), 0);
    port.kind = VTEP_ENDPOINT_PORT_PACKET;
    port.name = "nothing0";
    CHECK(vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err) != VTEP_OK);
    port.kind = VTEP_ENDPOINT_PORT_TAP;
    port.name = "longer-than-fifteen";
    FAILS(VTEP_E_INVAL, "15", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.name = NULL;
    port.address_count = 1;
    FAILS(VTEP_E_INVAL, "addresses", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.address_count = 0;
    port.has = VTEP_ENDPOINT_PORT_HAS_OFFLOADS;
    port.offloads = VTEP_OFFLOAD_TCP4;
    FAILS(VTEP_E_INVAL, "together", vtep_endpoint_port_add(endpoint, VNI, &port, NULL, &err));
    port.has = 0;
    FAILS(VTEP_E_NOTFOUND, "121", vtep_endpoint_port_add(endpoint, 121, &port, NULL, &err));
    vtep_endpoint_free(endpoint);

    FAILS(VTEP_E_INVAL, "endpoint", vtep_endpoint_vni_add(NULL, VNI, NULL, &err));
    FAILS(VTEP_E_INVAL, "endpoint", vtep_endpoint_run(NULL, 0, -1, &err));
    FAILS(VTEP_E_INVAL, "endpoint", vtep_endpoint_counters(NULL, NULL, 0, &err));
    EQUAL(vtep_endpoint_fd(NULL, 0), -1);
    vtep_endpoint_stop(NULL);
    vtep_endpoint_free(NULL);
    vtep_memory_port_free(NULL);
    EQUAL(vtep_memory_port_fd(NULL), -1);
    EQUAL(vtep_memory_port_send(NULL, &length, 4), VTEP_E_INVAL);
    EQUAL(vtep_memory_port_receive(NULL, &length, 4, &length), VTEP_E_INVAL);
    FAILS(VTEP_E_INVAL, "out", vtep_memory_port_new(0, NULL, NULL, NULL, &err));
    OK(vtep_memory_port_new(1, NULL, NULL, &memory, &err));
    EQUAL(vtep_memory_port_send(memory, &length, 100000), VTEP_E_INVAL);
    EQUAL(vtep_memory_port_send(memory, NULL, 4), VTEP_E_INVAL);
    EQUAL(vtep_memory_port_receive(memory, NULL, 4, &length), VTEP_E_INVAL);
    EQUAL(vtep_memory_port_receive(memory, &length, 4, NULL), VTEP_E_INVAL);
    vtep_memory_port_free(memory);
}

int main(void) {
    vtep_host *host = open_host();
    OK(vtep_host_link_set_up(host, "lo", 1, &err));
    vtep_host_close(host);
    check_traffic();
    check_ending();
    check_ports();
    check_tables();
    check_arguments();
    return check_result();
}
