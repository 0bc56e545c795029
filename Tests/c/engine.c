/* The engine through the header: layouts, both directions of the data path, FDB, bindings, events, counters, outer
 * headers, and every argument that can't be meant. Needs no network. */
#include <stddef.h>
#include <sys/uio.h>

#include "check.h"

static vtep_ip ip4(uint8_t a, uint8_t b, uint8_t c, uint8_t d) {
    vtep_ip ip = { 4, { 0 } };
    ip.bytes[0] = a, ip.bytes[1] = b, ip.bytes[2] = c, ip.bytes[3] = d;
    return ip;
}

static vtep_mac mac(uint8_t last) {
    vtep_mac mac = { { 2, 0, 0, 0, 0, 0 } };
    mac.bytes[5] = last;
    return mac;
}

/* A frame of `length` bytes with 70 bytes before it, on the heap: valgrind sees every byte beyond. */
static uint8_t *frame_of(uint8_t to, uint8_t from, uint32_t length) {
    uint8_t *block = (uint8_t *)malloc(70 + length), *frame = block + 70;
    vtep_mac a = mac(to), b = mac(from);
    memset(block, 0x5A, 70 + length);
    memcpy(frame, a.bytes, 6);
    if (to == 0xFF) memset(frame, 0xFF, 6);
    memcpy(frame + 6, b.bytes, 6);
    frame[12] = 0x88, frame[13] = 0xB5;
    return block;
}

static vtep_frame describe(uint8_t *block, uint32_t length) {
    vtep_frame frame;
    memset(&frame, 0, sizeof frame);
    frame.data = block + 70;
    frame.length = length;
    frame.headroom = 70;
    return frame;
}

static vtep_datagram received(uint8_t *bytes, uint32_t length, uint8_t last) {
    vtep_datagram datagram;
    memset(&datagram, 0, sizeof datagram);
    datagram.data = bytes;
    datagram.length = length;
    datagram.source[10] = datagram.source[11] = 0xFF;
    datagram.source[12] = 192, datagram.source[14] = 2, datagram.source[15] = last;
    return datagram;
}

static uint64_t counter(const vtep_engine *engine, const char *name) {
    uint64_t values[128] = { 0 };
    uint32_t i;
    OK(vtep_engine_counters(engine, values, 128, &err));
    for (i = 0; i < vtep_engine_counter_count() && i < 128; i++)
        if (strcmp(vtep_engine_counter_name(i), name) == 0) return values[i];
    CHECK(!"no such counter");
    return 0;
}

/* What a batch's slices hold, put together. */
static uint32_t join(const vtep_batch_view *view, uint32_t first, uint32_t count, uint8_t *out) {
    uint32_t length = 0, i;
    for (i = first; i < first + count; i++) {
        memcpy(out + length, view->slices[i].data, view->slices[i].length);
        length += (uint32_t)view->slices[i].length;
    }
    return length;
}

static void layouts(void) {
    EQUAL(sizeof(vtep_offload), 10);
    EQUAL(sizeof(vtep_frame), 32);
    EQUAL(offsetof(vtep_frame, offload), 16);
    EQUAL(offsetof(vtep_frame, policy_bits), 28);
    EQUAL(sizeof(vtep_datagram), 40);
    EQUAL(offsetof(vtep_datagram, source), 16);
    EQUAL(offsetof(vtep_datagram, tos), 32);
    EQUAL(sizeof(vtep_delivery), 40);
    EQUAL(offsetof(vtep_delivery, offload), 16);
    EQUAL(offsetof(vtep_delivery, vni), 32);
    EQUAL(sizeof(vtep_transmission), 48);
    EQUAL(offsetof(vtep_transmission, tos), 24);
    EQUAL(offsetof(vtep_transmission, first_slice), 28);
    EQUAL(offsetof(vtep_transmission, remote_index), 44);
    EQUAL(sizeof(vtep_slice), sizeof(struct iovec));
}

static void both_directions(void) {
    static const uint8_t header[8] = { 8, 0, 0, 0, 0, 0, 120, 0 };
    static const uint8_t mapped[16] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1 };
    vtep_engine *engine = NULL;
    vtep_batch *batch = NULL;
    vtep_batch_view view = VTEP_BATCH_VIEW_INIT;
    vtep_engine_remote remote = VTEP_ENGINE_REMOTE_INIT;
    vtep_engine_event event = VTEP_ENGINE_EVENT_INIT;
    vtep_frame frame;
    vtep_datagram datagram;
    uint8_t *block = frame_of(0xFF, 1, 60), *answer = frame_of(1, 7, 60), *reply = frame_of(7, 1, 60), out[200];
    uint32_t port = 0, taken = 0;

    OK(vtep_engine_new(NULL, &engine, &err));
    OK(vtep_batch_new(&batch, &err));
    OK(vtep_engine_vni_add(engine, 120, NULL, &err));
    OK(vtep_engine_port_add(engine, 120, NULL, &port, &err));
    remote.address = ip4(192, 0, 2, 1);
    OK(vtep_engine_default_remote_add(engine, 120, &remote, &err));
    FAILS(VTEP_E_EXISTS, "192.0.2.1", vtep_engine_default_remote_add(engine, 120, &remote, &err));

    frame = describe(block, 60);
    EQUAL(vtep_engine_encapsulate(engine, &frame, 1, port, 1000, batch, &taken), VTEP_OK);
    EQUAL(taken, 1);
    EQUAL(vtep_batch_get(batch, &view), VTEP_OK);
    EQUAL(view.transmission_count, 1);
    EQUAL(view.delivery_count, 0);
    EQUAL(view.transmissions[0].port, 4789);
    CHECK(memcmp(view.transmissions[0].remote, mapped, 16) == 0);
    EQUAL(join(&view, view.transmissions[0].first_slice, view.transmissions[0].slice_count, out), 68);
    CHECK(memcmp(out, header, 8) == 0);
    CHECK(memcmp(out + 8, block + 70, 60) == 0);

    vtep_batch_clear(batch);
    memcpy(answer + 62, header, 8);
    datagram = received(answer + 62, 68, 1);
    EQUAL(vtep_engine_decapsulate(engine, &datagram, 1, 1000, batch, &taken), VTEP_OK);
    EQUAL(taken, 1);
    EQUAL(vtep_batch_get(batch, &view), VTEP_OK);
    EQUAL(view.delivery_count, 1);
    EQUAL(view.deliveries[0].port, port);
    EQUAL(view.deliveries[0].vni, 120);
    EQUAL(join(&view, view.deliveries[0].first_slice, view.deliveries[0].slice_count, out), 60);
    CHECK(memcmp(out, answer + 70, 60) == 0);
    EQUAL(vtep_engine_fdb_count(engine), 1);
    OK(vtep_engine_event_next(engine, &event, &err));
    EQUAL(event.kind, VTEP_ENGINE_EVENT_LEARNT);
    EQUAL(event.mac.bytes[5], 7);
    EQUAL(event.remote.bytes[3], 1);
    FAILS(VTEP_E_NOTFOUND, "none waits", vtep_engine_event_next(engine, &event, &err));

    vtep_batch_clear(batch);
    frame = describe(reply, 60);
    EQUAL(vtep_engine_encapsulate(engine, &frame, 1, port, 1000, batch, NULL), VTEP_OK);
    EQUAL(counter(engine, "frames_from_ports"), 2);
    EQUAL(counter(engine, "flooded_frames"), 1);
    EQUAL(counter(engine, "datagrams_to_underlay"), 2);

    vtep_batch_clear(batch); /* a stranger is dropped */
    datagram = received(answer + 62, 68, 99);
    EQUAL(vtep_engine_decapsulate(engine, &datagram, 1, 1000, batch, &taken), VTEP_OK);
    EQUAL(counter(engine, "drop_unknown_remote"), 1);

    vtep_engine_advance(engine, 2000);
    for (taken = 0; taken < 10; taken++) vtep_engine_advance(engine, 400000 + taken * 10000); /* a part each time */
    EQUAL(vtep_engine_fdb_count(engine), 0);
    vtep_batch_free(batch);
    vtep_engine_free(engine);
    free(block);
    free(answer);
    free(reply);
}

static void tables(void) {
    vtep_engine *engine = NULL;
    vtep_engine_fdb_entry entry = VTEP_ENGINE_FDB_ENTRY_INIT, found = VTEP_ENGINE_FDB_ENTRY_INIT;
    vtep_engine_fdb_list *list = NULL;
    vtep_vni_policy policy = VTEP_VNI_POLICY_INIT;
    vtep_engine_port_options options = VTEP_ENGINE_PORT_OPTIONS_INIT;
    vtep_ip address = ip4(10, 0, 0, 5), peer = ip4(192, 0, 2, 9);
    vtep_mac station = mac(5), read;
    uint64_t values[4];
    uint32_t port = 0;

    OK(vtep_engine_new(NULL, &engine, &err));
    FAILS(VTEP_E_INVAL, "16777216", vtep_engine_vni_add(engine, 16777216, NULL, &err));
    OK(vtep_engine_vni_add(engine, 7, &policy, &err));
    FAILS(VTEP_E_EXISTS, "\"7\"", vtep_engine_vni_add(engine, 7, &policy, &err));
    policy.dialect = 3;
    FAILS(VTEP_E_INVAL, "dialect", vtep_engine_vni_set_policy(engine, 7, &policy, &err));
    policy.dialect = VTEP_DIALECT_GBP;
    policy.ttl_inherit = 1;
    policy.has = VTEP_POLICY_HAS_TTL;
    policy.ttl = 5;
    FAILS(VTEP_E_INVAL, "exclude", vtep_engine_vni_set_policy(engine, 7, &policy, &err));
    policy.has = VTEP_POLICY_HAS_AGEING;
    policy.ageing = 10;
    OK(vtep_engine_vni_set_policy(engine, 7, &policy, &err));
    FAILS(VTEP_E_NOTFOUND, "8", vtep_engine_vni_set_policy(engine, 8, &policy, &err));

    options.offloads = VTEP_OFFLOAD_TCP4;
    FAILS(VTEP_E_INVAL, "checksum", vtep_engine_port_add(engine, 7, &options, &port, &err));
    options.offloads = VTEP_OFFLOAD_TCP4 | VTEP_OFFLOAD_CHECKSUM;
    options.has = VTEP_ENGINE_PORT_HAS_MAC;
    options.mac = mac(99);
    OK(vtep_engine_port_add(engine, 7, &options, &port, &err));
    OK(vtep_engine_port_configure(engine, port, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "port", vtep_engine_port_configure(engine, port + 1, NULL, &err));

    entry.vni = 7;
    entry.mac = mac(5);
    FAILS(VTEP_E_INVAL, "remote", vtep_engine_fdb_set(engine, &entry, 0, &err));
    entry.remote = ip4(192, 0, 2, 1);
    entry.kind = VTEP_ENGINE_FDB_PERMANENT;
    OK(vtep_engine_fdb_set(engine, &entry, 0, &err));
    entry.remote = ip4(192, 0, 2, 2);
    entry.has = VTEP_ENGINE_FDB_HAS_REMOTE_PORT | VTEP_ENGINE_FDB_HAS_SEND_VNI;
    entry.remote_port = 8472;
    entry.send_vni = 8;
    OK(vtep_engine_fdb_append(engine, &entry, 0, &err));
    FAILS(VTEP_E_EXISTS, "192.0.2.2", vtep_engine_fdb_append(engine, &entry, 0, &err));
    OK(vtep_engine_fdb(engine, 7, 500, &list, &err));
    EQUAL(vtep_engine_fdb_list_count(list), 2);
    OK(vtep_engine_fdb_list_get(list, 1, &found, &err));
    EQUAL(found.remote_port, 8472);
    EQUAL(found.send_vni, 8);
    EQUAL(found.idle, 500);
    EQUAL(found.kind, VTEP_ENGINE_FDB_PERMANENT);
    FAILS(VTEP_E_NOTFOUND, "2", vtep_engine_fdb_list_get(list, 2, &found, &err));
    vtep_engine_fdb_list_free(list);
    OK(vtep_engine_fdb_flush(engine, 7, &err));
    EQUAL(vtep_engine_fdb_count(engine), 1);
    OK(vtep_engine_fdb_remove(engine, 7, &station, &err));
    FAILS(VTEP_E_NOTFOUND, "02:00:00:00:00:05", vtep_engine_fdb_remove(engine, 7, &station, &err));
    memset(&entry.remote, 0, sizeof entry.remote);
    entry.has = VTEP_ENGINE_FDB_HAS_PORT;
    entry.port = port;
    OK(vtep_engine_fdb_set(engine, &entry, 0, &err));
    OK(vtep_engine_port_remove(engine, port, &err));
    EQUAL(vtep_engine_fdb_count(engine), 0);
    FAILS(VTEP_E_NOTFOUND, "port", vtep_engine_port_remove(engine, port, &err));

    OK(vtep_engine_binding_set(engine, 7, &address, &station, 0, &err));
    OK(vtep_engine_binding_get(engine, 7, &address, &read, &err));
    EQUAL(read.bytes[5], 5);
    OK(vtep_engine_binding_remove(engine, 7, &address, &err));
    FAILS(VTEP_E_NOTFOUND, "10.0.0.5", vtep_engine_binding_get(engine, 7, &address, &read, &err));

    OK(vtep_engine_peer_add(engine, &peer, &err));
    FAILS(VTEP_E_EXISTS, "192.0.2.9", vtep_engine_peer_add(engine, &peer, &err));
    OK(vtep_engine_path_mtu_set(engine, &peer, 1500, &err));
    FAILS(VTEP_E_INVAL, "mtu", vtep_engine_path_mtu_set(engine, &peer, 65536, &err));
    OK(vtep_engine_peer_remove(engine, &peer, &err));
    OK(vtep_engine_vni_counters(engine, 7, values, 4, &err));
    FAILS(VTEP_E_NOTFOUND, "9", vtep_engine_vni_counters(engine, 9, values, 4, &err));
    OK(vtep_engine_vni_remove(engine, 7, &err));
    FAILS(VTEP_E_NOTFOUND, "7", vtep_engine_vni_remove(engine, 7, &err));
    vtep_engine_free(engine);
}

static void outer_headers(void) {
    vtep_outer_options options = VTEP_OUTER_OPTIONS_INIT;
    vtep_transmission transmission;
    vtep_slice slice;
    vtep_datagram datagram;
    uint8_t packet[42 + 8] = { 0 };
    uint32_t written = 0;
    memset(&transmission, 0, sizeof transmission);
    transmission.remote[10] = transmission.remote[11] = 0xFF;
    transmission.remote[12] = 192, transmission.remote[14] = 2, transmission.remote[15] = 1;
    transmission.port = 4789;
    transmission.source_port = 50000;
    transmission.length = 8;
    transmission.slice_count = 1;
    transmission.datagram_count = 1;
    transmission.tos = 0xB8;
    packet[42] = 8;
    slice.data = packet + 42;
    slice.length = 8;
    options.has = VTEP_OUTER_HAS_ETHERNET;
    options.checksum = VTEP_OUTER_CHECKSUM_COMPLETE;
    EQUAL(vtep_outer_write(&options, &transmission, &slice, 1, packet, 50, &written), VTEP_E_INVAL);
    options.local = ip4(192, 0, 2, 3);
    EQUAL(vtep_outer_write(&options, &transmission, &slice, 1, packet, 41, &written), VTEP_E_NOSPACE);
    EQUAL(vtep_outer_write(&options, &transmission, &slice, 1, packet, 42, &written), VTEP_OK);
    EQUAL(written, 42);
    EQUAL(vtep_outer_read(packet, 50, VTEP_OUTER_READ_ETHERNET, 4789, &datagram), VTEP_OK);
    EQUAL(datagram.length, 8);
    EQUAL(datagram.source[15], 3);
    EQUAL(datagram.source_port, 50000);
    EQUAL(datagram.tos, 0xB8);
    CHECK(datagram.data == packet + 42);
    EQUAL(vtep_outer_read(packet, 50, VTEP_OUTER_READ_ETHERNET, 8472, &datagram), VTEP_E_FOREIGN);
    EQUAL(vtep_outer_read(packet, 49, VTEP_OUTER_READ_ETHERNET, 4789, &datagram), VTEP_E_PROTOCOL);
    packet[49] ^= 1;
    EQUAL(vtep_outer_read(packet, 50, VTEP_OUTER_READ_ETHERNET, 4789, &datagram), VTEP_E_PROTOCOL);
    EQUAL(vtep_outer_read(packet, 50, VTEP_OUTER_READ_ETHERNET | VTEP_OUTER_READ_VERIFIED, 4789, &datagram), VTEP_OK);
}

static void bad_arguments(void) {
    vtep_engine_options options = VTEP_ENGINE_OPTIONS_INIT;
    vtep_engine *engine = NULL;
    vtep_batch *batch = NULL;
    vtep_batch_view view = VTEP_BATCH_VIEW_INIT;
    vtep_frame frame;
    vtep_datagram datagram;
    uint32_t taken = 9;
    memset(&frame, 0, sizeof frame);
    memset(&datagram, 0, sizeof datagram);
    FAILS(VTEP_E_INVAL, "NULL", vtep_engine_new(NULL, NULL, &err));
    options.has = VTEP_ENGINE_HAS_MAXIMUM_SEGMENTS;
    options.maximum_segments = 0;
    FAILS(VTEP_E_INVAL, "maximumSegments", vtep_engine_new(&options, &engine, &err));
    CHECK(engine == NULL);
    options.has = VTEP_ENGINE_HAS_EVENTS_PER_SECOND << 1;
    FAILS(VTEP_E_INVAL, "bits", vtep_engine_new(&options, &engine, &err));
    options.has = VTEP_ENGINE_HAS_SEED;
    OK(vtep_engine_new(&options, &engine, &err));
    OK(vtep_batch_new(&batch, &err));
    EQUAL(vtep_engine_encapsulate(NULL, &frame, 1, 0, 0, batch, &taken), VTEP_E_INVAL);
    EQUAL(taken, 0);
    EQUAL(vtep_engine_encapsulate(engine, NULL, 1, 0, 0, batch, &taken), VTEP_E_INVAL);
    EQUAL(vtep_engine_encapsulate(engine, &frame, 1, 0, 0, NULL, &taken), VTEP_E_INVAL);
    EQUAL(vtep_engine_encapsulate(engine, NULL, 0, 0, 0, batch, &taken), VTEP_OK);
    EQUAL(vtep_engine_encapsulate(engine, &frame, 1, 77, 0, batch, &taken), VTEP_OK); /* no such port: dropped */
    EQUAL(taken, 1);
    EQUAL(counter(engine, "drop_unknown_port"), 1);
    frame.length = 60; /* data is NULL */
    EQUAL(vtep_engine_encapsulate(engine, &frame, 1, 77, 0, batch, &taken), VTEP_E_INVAL);
    datagram.length = 60;
    EQUAL(vtep_engine_decapsulate(engine, &datagram, 1, 0, batch, &taken), VTEP_E_INVAL);
    EQUAL(taken, 0);
    EQUAL(vtep_engine_decapsulate(engine, NULL, 1, 0, batch, &taken), VTEP_E_INVAL);
    EQUAL(vtep_engine_decapsulate(engine, NULL, 0, 0, batch, &taken), VTEP_OK);
    EQUAL(vtep_batch_get(NULL, &view), VTEP_E_INVAL);
    EQUAL(vtep_batch_get(batch, NULL), VTEP_E_INVAL);
    view.size = 4;
    EQUAL(vtep_batch_get(batch, &view), VTEP_E_INVAL);
    CHECK(vtep_engine_counter_name(vtep_engine_counter_count()) == NULL);
    CHECK(vtep_engine_counter_name(UINT32_MAX) == NULL);
    EQUAL(vtep_engine_fdb_count(NULL), 0);
    EQUAL(vtep_engine_fdb_list_count(NULL), 0);
    vtep_engine_advance(NULL, 0);
    vtep_batch_clear(NULL);
    vtep_batch_free(NULL);
    vtep_engine_free(NULL);
    vtep_engine_fdb_list_free(NULL);
    vtep_batch_free(batch);
    vtep_engine_free(engine);
}

int main(void) {
    layouts();
    both_directions();
    tables();
    outer_headers();
    bad_arguments();
    return check_result();
}
