/* A table that is handed out in pieces: all of it, of one link, of a bridge, ended half-way; and what must not happen
 * meanwhile. */
#include "network.h"

enum { COUNT = 3000 };

struct visit {
    vtep_host *host;
    uint32_t calls, entries, largest, stop_at_call;
    uint32_t link;
    vtep_status within;
};

static int32_t count_entries(void *context, const vtep_fdb_entry *entries, uint32_t count) {
    struct visit *visit = (struct visit *)context;
    vtep_link link = VTEP_LINK_INIT;
    uint32_t i;
    visit->calls++;
    visit->entries += count;
    if (count > visit->largest) visit->largest = count;
    for (i = 0; i < count; i++) {
        EQUAL(entries[i].size, sizeof(vtep_fdb_entry));
        if (visit->link != 0) EQUAL(entries[i].link_index, visit->link);
    }
    if (visit->calls == 1) visit->within = vtep_host_link_get(visit->host, "lo", &link, NULL);
    return visit->calls == visit->stop_at_call;
}

int main(void) {
    static vtep_fdb_entry entries[COUNT];
    vtep_host *host = open_host();
    struct visit visit = { host, 0, 0, 0, 0, 0, VTEP_OK };
    struct visit fresh = visit;
    uint32_t i, vxlan;
    make_vxlan(host, "vx0", 1);
    make_bridge(host, "br0");
    OK(vtep_host_link_set_master(host, "vx0", "br0", &err));
    vxlan = index_of(host, "vx0");
    for (i = 0; i < COUNT; i++) {
        vtep_fdb_entry entry = VTEP_FDB_ENTRY_INIT;
        vtep_mac address = { { 2, 0, 0, 0, (uint8_t)(i >> 8), (uint8_t)i } };
        entry.link_index = vxlan;
        entry.mac = address;
        entry.destination = ip("192.0.2.1");
        entries[i] = entry;
    }
    OK(vtep_host_fdb_apply(host, VTEP_CHANGE_ADD, entries, COUNT, NULL, &err));

    OK(vtep_host_fdb_visit(host, NULL, NULL, count_entries, &visit, &err));
    CHECK(visit.entries > COUNT); /* the bridge's own, too */
    CHECK(visit.largest < 1000);
    CHECK(visit.calls > 3);
    EQUAL(visit.within, VTEP_E_BUSY);
    visit = fresh;
    visit.link = vxlan;
    OK(vtep_host_fdb_visit(host, "vx0", NULL, count_entries, &visit, &err));
    CHECK(visit.entries >= COUNT);
    visit = fresh;
    OK(vtep_host_fdb_visit(host, NULL, "br0", count_entries, &visit, &err));
    CHECK(visit.entries > COUNT);
    visit = fresh;
    visit.stop_at_call = 2;
    FAILS(VTEP_E_CALLBACK, "asked to stop", vtep_host_fdb_visit(host, "vx0", NULL, count_entries, &visit, &err));
    EQUAL(visit.calls, 2);
    index_of(host, "vx0"); /* it can be used again at once */

    FAILS(VTEP_E_INVAL, "host", vtep_host_fdb_visit(NULL, NULL, NULL, count_entries, &visit, &err));
    FAILS(VTEP_E_INVAL, "visit", vtep_host_fdb_visit(host, NULL, NULL, NULL, &visit, &err));
    FAILS(VTEP_E_INVAL, "both", vtep_host_fdb_visit(host, "vx0", "br0", count_entries, &visit, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_fdb_visit(host, "nope", NULL, count_entries, &visit, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_fdb_visit(host, NULL, "nope", count_entries, &visit, &err));
    vtep_host_close(host);
    return check_result();
}
