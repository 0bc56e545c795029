// Keeps a VXLAN device's FDB from a monitor's events, with a buffer of 64 KiB, while the program named in argv[1] changes
// it 200,000 times. Prints how many entries then differ from the kernel's, and how many events were told.
#include "report.h"

#include <vtep.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS = 1 << 16, BUFFER = 64 << 10, QUIET_MS = 500 };

static vtep_error err = VTEP_ERROR_INIT;
static uint8_t kept[SLOTS], real[SLOTS]; // by the last two octets of the MAC address: the last octet of the remote

static void stop(const char *what)
{
    fprintf(stderr, "monitor: %s: %s\n", what, err.message);
    exit(1);
}

static void take(uint8_t *table, const vtep_fdb_entry *entry, int is_there)
{
    if (entry->mac.bytes[0] != 2) return;
    table[entry->mac.bytes[4] << 8 | entry->mac.bytes[5]] = is_there ? entry->destination.bytes[3] : 0;
}

static int32_t take_real(void *context, const vtep_fdb_entry *entries, uint32_t count)
{
    (void)context;
    for (uint32_t i = 0; i < count; i++) take(real, &entries[i], 1);
    return 0;
}

int main(int argc, char **argv)
{
    vtep_vxlan_options device = VTEP_VXLAN_OPTIONS_INIT;
    vtep_monitor_options options = VTEP_MONITOR_OPTIONS_INIT;
    vtep_event event = VTEP_EVENT_INIT;
    vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
    vtep_host *host = NULL;
    vtep_monitor *monitor = NULL;
    uint32_t events = 0, synchronised = 0, differences = 0;
    if (argc != 2) return 64;
    device.name = "vxlan0";
    device.vni = 120;
    device.up = 1;
    options.objects = VTEP_OBJECT_FDB;
    options.buffer_size = BUFFER;
    if (vtep_host_open(&host, &err) != VTEP_OK) stop("open");
    if (vtep_host_vxlan_create(host, &device, NULL, &err) != VTEP_OK) stop("vxlan");
    if (vtep_monitor_open(&options, &monitor, &err) != VTEP_OK) stop("monitor");
    pid_t child = fork();
    if (child == 0) {
        freopen("/dev/null", "w", stdout);
        execl(argv[1], argv[1], (char *)NULL);
        _exit(127);
    }
    for (int running = 1; running || event.event != VTEP_EVENT_NONE;) {
        if (vtep_monitor_next_event(monitor, QUIET_MS, &event, &err) != VTEP_OK) stop("next event");
        if (event.event != VTEP_EVENT_NONE) events++;
        if (event.event == VTEP_EVENT_SYNCHRONISED) synchronised++;
        if (event.object == VTEP_OBJECT_FDB) {
            if (vtep_monitor_fdb_entry(monitor, 0, &entry, &err) != VTEP_OK) stop("entry");
            take(kept, &entry, event.event != VTEP_EVENT_REMOVED);
        }
        if (running) {
            int status = 0;
            if (waitpid(child, &status, WNOHANG) != child) continue;
            if (status != 0) stop("flood");
            running = 0;
            event.event = VTEP_EVENT_ADDED; // wait for quiet once more
        }
    }
    if (vtep_host_fdb_visit(host, "vxlan0", NULL, take_real, NULL, &err) != VTEP_OK) stop("read back");
    for (int i = 0; i < SLOTS; i++) differences += kept[i] != real[i];
    printf("%u %u events, %u overruns made good\n", differences, events, synchronised);
    vtep_monitor_close(monitor);
    vtep_host_close(host);
    return 0;
}
