// One pass of single calls through libvtep.so: prints the microseconds that one call took, on average. compare.py runs it
// in turn with the bindings. The bulk passes are those of ../netlink/tables.c.
#include "../netlink/report.h"

#include <vtep.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static vtep_error err = VTEP_ERROR_INIT;

static void stop(const char *what)
{
    fprintf(stderr, "calls: %s: %s\n", what, err.message);
    exit(1);
}

static double version(void)
{
    enum { COUNT = 1000000 };
    uint32_t sum = 0;
    double start = now_us();
    for (int i = 0; i < COUNT; i++) sum += vtep_version();
    double taken = now_us() - start;
    if (sum == 0) stop("no version");
    return taken / COUNT;
}

static double parse(void)
{
    enum { COUNT = 200000 };
    vtep_ip ip;
    double start = now_us();
    for (int i = 0; i < COUNT; i++)
        if (vtep_ip_parse("192.168.50.29", &ip, &err) != VTEP_OK) stop("parse");
    return (now_us() - start) / COUNT;
}

static double link_get(vtep_host *host)
{
    enum { COUNT = 5000 };
    vtep_link link = VTEP_LINK_INIT;
    double start = now_us();
    for (int i = 0; i < COUNT; i++)
        if (vtep_host_link_get(host, "lo", &link, &err) != VTEP_OK) stop("link");
    return (now_us() - start) / COUNT;
}

static double fdb_add(vtep_host *host)
{
    enum { COUNT = 5000 };
    vtep_vxlan_options options = VTEP_VXLAN_OPTIONS_INIT;
    vtep_link link = VTEP_LINK_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    options.name = "vxlan0";
    options.vni = 120;
    if (vtep_host_vxlan_create(host, &options, &link, &err) != VTEP_OK) stop("vxlan");
    entry.link_index = link.index;
    entry.destination.family = 4;
    entry.destination.bytes[0] = 10;
    entry.mac.bytes[0] = 2;
    double start = now_us();
    for (int i = 0; i < COUNT; i++) {
        entry.mac.bytes[4] = (uint8_t)(i >> 8);
        entry.mac.bytes[5] = (uint8_t)i;
        if (vtep_host_fdb_add(host, &entry, &err) != VTEP_OK) stop("fdb");
    }
    return (now_us() - start) / COUNT;
}

// Frames to everyone, from one station, for one remote: what comes of some 40 of them is one transmission.
static double encapsulate(uint32_t count)
{
    enum { MOST = 1024, LENGTH = 1400, HEADROOM = 128, ALL = 320000 };
    static uint8_t memory[MOST][HEADROOM + LENGTH];
    static vtep_frame frames[MOST];
    uint32_t rounds = ALL / count;
    vtep_engine_remote remote = VTEP_ENGINE_REMOTE_INIT;
    vtep_batch_view view = VTEP_BATCH_VIEW_INIT;
    vtep_engine *engine = NULL;
    vtep_batch *batch = NULL;
    uint32_t port = 0, taken = 0;
    uint64_t sent = 0;

    remote.address.family = 4;
    memcpy(remote.address.bytes, (uint8_t[]){192, 168, 50, 29}, 4);
    if (vtep_engine_new(NULL, &engine, &err) != VTEP_OK || vtep_engine_vni_add(engine, 120, NULL, &err) != VTEP_OK ||
        vtep_engine_default_remote_add(engine, 120, &remote, &err) != VTEP_OK ||
        vtep_engine_port_add(engine, 120, NULL, &port, &err) != VTEP_OK || vtep_batch_new(&batch, &err) != VTEP_OK)
        stop("engine");
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *frame = memory[i] + HEADROOM;
        memset(frame, 0xFF, 6);
        memcpy(frame + 6, (uint8_t[]){2, 0, 0, 0, 0, 1, 0x88, 0xB5}, 8);
    }
    double start = now_us();
    for (uint32_t round = 0; round < rounds; round++) {
        for (uint32_t i = 0; i < count; i++)
            frames[i] = (vtep_frame){ .data = memory[i] + HEADROOM, .length = LENGTH, .headroom = HEADROOM };
        if (vtep_engine_encapsulate(engine, frames, count, port, round, batch, &taken) != VTEP_OK ||
            taken != count || vtep_batch_get(batch, &view) != VTEP_OK)
            stop("encapsulate");
        for (uint32_t i = 0; i < view.transmission_count; i++) sent += view.transmissions[i].datagram_count;
        vtep_batch_clear(batch);
    }
    double taken_us = now_us() - start;
    if (sent != (uint64_t)count * rounds) stop("sent");
    vtep_batch_free(batch);
    vtep_engine_free(engine);
    return taken_us / count / rounds;
}

int main(int argc, char **argv)
{
    vtep_host *host = NULL;
    double taken;
    if (argc < 2) return 64;
    if (strcmp(argv[1], "load") == 0) return vtep_version() == 0; // compare.py has the time
    if (vtep_host_open(&host, &err) != VTEP_OK) stop("open");
    if (strcmp(argv[1], "version") == 0) taken = version();
    else if (strcmp(argv[1], "parse") == 0) taken = parse();
    else if (strcmp(argv[1], "link-get") == 0) taken = link_get(host);
    else if (strcmp(argv[1], "fdb-add") == 0) taken = fdb_add(host);
    else if (strcmp(argv[1], "encapsulate") == 0) taken = encapsulate(64);
    else if (strcmp(argv[1], "encapsulate-1024") == 0) taken = encapsulate(1024);
    else return 64;
    printf("%.4f\n", taken);
    vtep_host_close(host);
    return 0;
}
