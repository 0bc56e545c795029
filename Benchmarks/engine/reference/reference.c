#include "reference.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct entry {
    uint64_t mac;
    uint32_t remote; // its number
    uint32_t seen;   // tenths of a second
};

struct remote {
    uint32_t address;
    uint32_t used;
};

enum { FRAMES_IN, BYTES_IN, SENT, BYTES_SENT, DELIVERED, BYTES_DELIVERED, DROP, COUNTERS };

struct ref_engine {
    uint32_t vni, mask;
    uint64_t seed;
    struct entry *entries;
    struct remote *remotes;
    uint32_t remote_count, remote_mask;
    uint32_t *remote_index;
    uint64_t own_mac;
    uint64_t counters[COUNTERS];
};

static inline uint16_t be16(const uint8_t *p) { return (uint16_t)(p[0] << 8 | p[1]); }
static inline uint32_t be32(const uint8_t *p)
{
    uint32_t n;
    memcpy(&n, p, 4);
    return __builtin_bswap32(n);
}
static inline uint64_t be48(const uint8_t *p) { return (uint64_t)be32(p) << 16 | be16(p + 4); }
static inline void put32(uint8_t *p, uint32_t n)
{
    n = __builtin_bswap32(n);
    memcpy(p, &n, 4);
}

static inline uint64_t mix(uint64_t x, uint64_t seed)
{
    x ^= seed;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return x ^ x >> 33;
}

struct ref_engine *ref_new(uint32_t vni, uint32_t capacity, uint64_t seed)
{
    struct ref_engine *engine = calloc(1, sizeof *engine);
    uint32_t slots = 256;
    while (slots < capacity * 2) slots *= 2;
    engine->vni = vni;
    engine->mask = slots - 1;
    engine->seed = seed;
    engine->entries = calloc(slots, sizeof *engine->entries);
    engine->remotes = calloc(4096, sizeof *engine->remotes);
    engine->remote_index = calloc(8192, sizeof *engine->remote_index);
    engine->remote_mask = 8191;
    engine->own_mac = ~0ULL;
    return engine;
}

void ref_free(struct ref_engine *engine)
{
    free(engine->entries);
    free(engine->remotes);
    free(engine->remote_index);
    free(engine);
}

static int find_remote(struct ref_engine *engine, uint32_t address)
{
    uint32_t at = (uint32_t)mix(address, engine->seed) & engine->remote_mask;
    while (engine->remote_index[at]) {
        int number = (int)engine->remote_index[at] - 1;
        if (engine->remotes[number].address == address) return number;
        at = (at + 1) & engine->remote_mask;
    }
    return -1;
}

int ref_add_remote(struct ref_engine *engine, uint32_t address)
{
    int number = (int)engine->remote_count++;
    uint32_t at = (uint32_t)mix(address, engine->seed) & engine->remote_mask;
    engine->remotes[number].address = address;
    while (engine->remote_index[at]) at = (at + 1) & engine->remote_mask;
    engine->remote_index[at] = (uint32_t)number + 1;
    return number;
}

static inline struct entry *find(struct ref_engine *engine, uint64_t mac)
{
    uint32_t at = (uint32_t)mix(mac, engine->seed) & engine->mask;
    while (engine->entries[at].mac != 0) {
        if (engine->entries[at].mac == mac) return &engine->entries[at];
        at = (at + 1) & engine->mask;
    }
    return NULL;
}

void ref_add_entry(struct ref_engine *engine, uint64_t mac, int remote)
{
    uint32_t at = (uint32_t)mix(mac, engine->seed) & engine->mask;
    while (engine->entries[at].mac != 0) at = (at + 1) & engine->mask;
    engine->entries[at] = (struct entry){ mac, (uint32_t)remote, 0 };
}

static inline uint64_t flow_hash(struct ref_engine *engine, const uint8_t *frame, uint32_t length)
{
    uint16_t type = be16(frame + 12);
    if (type == 0x0800 && length >= 34) {
        uint32_t header = (frame[14] & 15) * 4u;
        uint32_t ports = 0;
        uint64_t addresses;
        memcpy(&addresses, frame + 26, 8);
        if ((frame[23] == 6 || frame[23] == 17) && !(be16(frame + 20) & 0x3fff) && length >= 14 + header + 4)
            ports = be32(frame + 14 + header);
        return mix(addresses ^ (uint64_t)ports << 16 ^ frame[23], engine->seed);
    }
    return mix(be48(frame) ^ be48(frame + 6) << 8 ^ type, engine->seed);
}

static inline void describe(struct ref_engine *engine, const struct ref_frame *frame, uint32_t remote, uint64_t hash,
                            struct ref_transmission *t)
{
    uint32_t spread = (uint32_t)(hash >> 32);
    t->remote = engine->remotes[remote].address;
    t->port = 4789;
    t->source_port = (uint16_t)(49152 + ((uint64_t)spread * 16384 >> 32));
    t->socket = (uint16_t)((uint64_t)spread * 16 >> 32);
    t->segment_size = 0;
    t->length = frame->length + 8;
    t->datagrams = 1;
}

void ref_encapsulate(struct ref_engine *engine, const struct ref_frame *frames, size_t count, struct ref_batch *batch)
{
    batch->slice_count = batch->transmission_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ref_frame *frame = &frames[i];
        engine->counters[FRAMES_IN]++;
        engine->counters[BYTES_IN] += frame->length;
        if (frame->length < 14 || (frame->data[6] & 1)) {
            engine->counters[DROP]++;
            continue;
        }
        struct entry *entry = find(engine, be48(frame->data));
        if (!entry) {
            engine->counters[DROP]++;
            continue;
        }
        struct ref_transmission t;
        describe(engine, frame, entry->remote, flow_hash(engine, frame->data, frame->length), &t);
        put32(frame->data - 8, 0x08000000);
        put32(frame->data - 4, engine->vni << 8);
        engine->counters[SENT]++;
        engine->counters[BYTES_SENT] += t.length;
        struct ref_transmission *last = &batch->transmissions[batch->transmission_count - 1];
        if (batch->transmission_count && last->remote == t.remote && last->socket == t.socket &&
            last->length == last->datagrams * t.length && last->datagrams < 64) {
            last->segment_size = (uint16_t)t.length;
            last->datagrams++;
            last->count++;
            last->length += t.length;
        } else {
            t.first = batch->slice_count;
            t.count = 1;
            batch->transmissions[batch->transmission_count++] = t;
        }
        batch->slices[batch->slice_count++] = (struct ref_iovec){ frame->data - 8, frame->length + 8 };
    }
}

void ref_decapsulate(struct ref_engine *engine, const struct ref_datagram *datagrams, size_t count, uint64_t now_ms,
                     struct ref_batch *batch)
{
    uint32_t stamp = (uint32_t)(now_ms / 100);
    batch->slice_count = batch->delivery_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ref_datagram *d = &datagrams[i];
        const uint8_t *frame = d->data + 8;
        uint32_t length = d->length - 8;
        int remote;
        engine->counters[FRAMES_IN]++;
        engine->counters[BYTES_IN] += d->length;
        if (d->length < 8 + 14 || be32(d->data) != 0x08000000 || be32(d->data + 4) != engine->vni << 8 ||
            (remote = find_remote(engine, d->source)) < 0) {
            engine->counters[DROP]++;
            continue;
        }
        uint64_t source = be48(frame + 6);
        uint16_t type = be16(frame + 12);
        if ((frame[6] & 1) || source == 0 || source == engine->own_mac ||
            (type == 0x0800 && (length < 34 || frame[14] >> 4 != 4 || length < 14 + (frame[14] & 15) * 4u)) ||
            (type == 0x86dd && length < 54)) {
            engine->counters[DROP]++;
            continue;
        }
        if ((d->tos & 3) == 3 && type == 0x0800 && (frame[15] & 3) == 0) {
            engine->counters[DROP]++;
            continue;
        }
        struct entry *entry = find(engine, source);
        if (!entry)
            ref_add_entry(engine, source, remote);
        else {
            if (entry->remote != (uint32_t)remote) entry->remote = (uint32_t)remote;
            if (entry->seen != stamp) entry->seen = stamp;
        }
        engine->counters[DELIVERED]++;
        engine->counters[BYTES_DELIVERED] += length;
        batch->deliveries[batch->delivery_count++] = (struct ref_delivery){ 0, batch->slice_count, length };
        batch->slices[batch->slice_count++] = (struct ref_iovec){ (uint8_t *)frame, length };
    }
}

void ref_flood(struct ref_engine *engine, const struct ref_frame *frame, struct ref_transmission *transmissions)
{
    uint64_t hash = flow_hash(engine, frame->data, frame->length);
    put32(frame->data - 8, 0x08000000);
    put32(frame->data - 4, engine->vni << 8);
    for (uint32_t i = 0; i < engine->remote_count; i++) {
        describe(engine, frame, i, hash, &transmissions[i]);
        transmissions[i].first = 0;
        transmissions[i].count = 1;
        engine->counters[SENT]++;
        engine->counters[BYTES_SENT] += transmissions[i].length;
    }
}

uint64_t ref_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
