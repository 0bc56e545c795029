// 200,000 changes of one VXLAN device's FDB, as fast as they go: entries are added, get another remote, go and come back.
// The device is to be there: vxlan0. Prints how many changes there were and the microseconds they took.
#include "report.h"

#include <vtep.h>

#include <stdio.h>
#include <stdlib.h>

enum { ENTRIES = 20000, CHANGES = 200000 };

static vtep_error err = VTEP_ERROR_INIT;
static vtep_fdb_entry entries[ENTRIES];

static void change(vtep_host *host, uint32_t kind, uint32_t from, uint32_t count, uint8_t remote)
{
    for (uint32_t i = from; i < from + count; i++) entries[i].destination.bytes[3] = remote;
    if (vtep_host_fdb_apply(host, kind, entries + from, count, NULL, &err) == VTEP_OK) return;
    fprintf(stderr, "flood: %s\n", err.message);
    exit(1);
}

int main(void)
{
    const vtep_fdb_entry blank = VTEP_FDB_ENTRY_INIT;
    vtep_link link = VTEP_LINK_INIT;
    vtep_host *host = NULL;
    uint32_t done = 0;
    if (vtep_host_open(&host, &err) != VTEP_OK || vtep_host_link_get(host, "vxlan0", &link, &err) != VTEP_OK) {
        fprintf(stderr, "flood: %s\n", err.message);
        return 1;
    }
    for (uint32_t i = 0; i < ENTRIES; i++) {
        entries[i] = blank;
        entries[i].link_index = link.index;
        entries[i].mac.bytes[0] = 2;
        entries[i].mac.bytes[4] = (uint8_t)(i >> 8);
        entries[i].mac.bytes[5] = (uint8_t)i;
        entries[i].destination.family = 4;
        entries[i].destination.bytes[0] = 10;
    }
    double start = now_us();
    change(host, VTEP_CHANGE_ADD, 0, ENTRIES, 1);
    done += ENTRIES;
    uint8_t last = 1;
    for (uint8_t remote = 2; done < CHANGES; remote++) {
        last = remote;
        change(host, VTEP_CHANGE_REPLACE, 0, ENTRIES, remote);
        change(host, VTEP_CHANGE_DELETE, ENTRIES / 4, ENTRIES / 2, remote);
        change(host, VTEP_CHANGE_ADD, ENTRIES / 4, ENTRIES / 2, remote);
        done += 2 * ENTRIES;
    }
    // A few are gone at the end: a subscription that lost the deletions keeps them for ever.
    change(host, VTEP_CHANGE_DELETE, 0, ENTRIES / 10, last);
    printf("%u %.1f\n", done + ENTRIES / 10, now_us() - start);
    vtep_host_close(host);
    return 0;
}
