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
    uint8_t address[16];
    uint32_t longest_frame;
    uint8_t default_ttl, is_peer;
};

enum { FRAMES_IN, BYTES_IN, SENT, BYTES_SENT, DELIVERED, BYTES_DELIVERED, DROP, COUNTERS };

struct ref_engine {
    uint32_t vni, mask;
    uint64_t seed;
    // Policy: as the engine's, but fixed.
    uint8_t tos, ttl, tos_inherit, ttl_inherit, df_set, df_inherit, drops_vlan, zero_checksum;
    uint16_t port;
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
    engine->port = 4789;
    return engine;
}

void ref_free(struct ref_engine *engine)
{
    free(engine->entries);
    free(engine->remotes);
    free(engine->remote_index);
    free(engine);
}

static inline uint64_t hash_address(struct ref_engine *engine, const uint8_t *address)
{
    uint64_t upper, lower;
    memcpy(&upper, address, 8);
    memcpy(&lower, address + 8, 8);
    return mix(lower ^ upper * 0x9e3779b97f4a7c15ULL, engine->seed);
}

static inline int find_remote(struct ref_engine *engine, const uint8_t *address)
{
    uint32_t at = (uint32_t)hash_address(engine, address) & engine->remote_mask;
    while (engine->remote_index[at]) {
        int number = (int)engine->remote_index[at] - 1;
        if (memcmp(engine->remotes[number].address, address, 16) == 0) return number;
        at = (at + 1) & engine->remote_mask;
    }
    return -1;
}

int ref_add_remote(struct ref_engine *engine, uint32_t address)
{
    int number = (int)engine->remote_count++;
    struct remote *remote = &engine->remotes[number];
    remote->address[10] = remote->address[11] = 0xFF;
    put32(remote->address + 12, address);
    remote->longest_frame = 65499;
    remote->is_peer = 1;
    uint32_t at = (uint32_t)hash_address(engine, remote->address) & engine->remote_mask;
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

struct inner {
    uint64_t hash;
    uint8_t tos, ttl, df;
};

static inline struct inner inspect(struct ref_engine *engine, const uint8_t *frame, uint32_t length)
{
    struct inner inner = { 0, 0, 0, 0 };
    uint16_t type = be16(frame + 12);
    uint64_t a, b;
    uint32_t ports = 0;
    if (type == 0x0800 && length >= 34 && frame[14] >> 4 == 4) {
        uint32_t header = (frame[14] & 15) * 4u;
        inner.tos = frame[15];
        inner.ttl = frame[22];
        inner.df = (frame[20] & 0x40) != 0;
        memcpy(&a, frame + 26, 8);
        if ((frame[23] == 6 || frame[23] == 17) && !(be16(frame + 20) & 0x3fff) && length >= 14 + header + 4)
            ports = be32(frame + 14 + header);
        inner.hash = mix(a ^ (uint64_t)ports << 16 ^ frame[23], engine->seed);
    } else if (type == 0x86dd && length >= 54 && frame[14] >> 4 == 6) {
        inner.tos = (uint8_t)(be16(frame + 14) >> 4);
        inner.ttl = frame[21];
        inner.df = 1;
        memcpy(&a, frame + 30, 8);
        memcpy(&b, frame + 46, 8);
        if ((frame[20] == 6 || frame[20] == 17) && length >= 58) ports = be32(frame + 54);
        inner.hash = mix(mix(a, engine->seed) ^ b ^ (uint64_t)ports << 16 ^ frame[20], engine->seed);
    } else {
        inner.hash = mix(be48(frame) ^ be48(frame + 6) << 8 ^ type, engine->seed);
    }
    return inner;
}

static inline void describe(struct ref_engine *engine, const struct ref_frame *frame, uint32_t remote,
                            const struct inner *inner, struct ref_transmission *t)
{
    uint32_t spread = (uint32_t)(inner->hash >> 32);
    uint8_t mark = inner->tos & 3;
    memcpy(t->remote, engine->remotes[remote].address, 16);
    t->remote_index = remote;
    t->port = engine->port;
    t->source_port = (uint16_t)(49152 + ((uint64_t)spread * 16384 >> 32));
    t->socket = (uint16_t)((uint64_t)spread * 16 >> 32);
    t->tos = (uint8_t)(((engine->tos_inherit ? inner->tos : engine->tos) & 0xfc) | (mark == 3 ? 2 : mark));
    t->ttl = engine->ttl_inherit ? inner->ttl : engine->ttl;
    if (t->ttl == 0) t->ttl = engine->remotes[remote].default_ttl;
    t->flags = (uint8_t)(engine->zero_checksum << 1 | (engine->df_set || (engine->df_inherit && inner->df)));
    t->length = frame->length + 8;
    t->segment_size = (uint16_t)t->length;
    t->datagrams = 1;
    t->open = 1;
    t->first = 0;
    t->count = 1;
}

// The transmission that a datagram joins, or that is made for it.
static inline uint32_t gather(struct ref_batch *batch, const struct ref_transmission *t)
{
    uint32_t place = (t->remote_index * 29 + t->socket) & 63;
    if (batch->open[place]) {
        struct ref_transmission *open = &batch->transmissions[batch->open[place] - 1];
        if (open->remote_index == t->remote_index && open->socket == t->socket && open->port == t->port &&
            open->tos == t->tos && open->ttl == t->ttl && open->flags == t->flags && t->length <= open->segment_size &&
            open->open == 1 && open->datagrams < 64 && open->length + t->length <= 65487 && !(open->flags & 2)) {
            if (t->length < open->segment_size) open->open = 2;
            open->datagrams++;
            open->count++;
            open->length += t->length;
            return batch->open[place] - 1;
        }
    }
    batch->transmissions[batch->transmission_count] = *t;
    batch->open[place] = batch->transmission_count + 1;
    return batch->transmission_count++;
}

// Gives each transmission its slices in a row.
static void settle(struct ref_batch *batch)
{
    uint32_t next = batch->slice_count, i;
    for (i = 0; i < batch->transmission_count; i++) {
        if (!batch->transmissions[i].open) continue;
        batch->transmissions[i].first = next;
        next += batch->transmissions[i].count;
    }
    for (i = 0; i < batch->pending_count; i++) {
        struct ref_pending *pending = &batch->pending[i];
        struct ref_transmission *t = &batch->transmissions[pending->transmission];
        batch->slices[t->first++] = (struct ref_slice){ pending->data, pending->length };
    }
    batch->slice_count += batch->pending_count;
    batch->pending_count = 0;
    for (i = 0; i < batch->transmission_count; i++) {
        struct ref_transmission *t = &batch->transmissions[i];
        if (!t->open) continue;
        t->first -= t->count;
        t->open = 0;
        if (t->datagrams == 1) t->segment_size = 0;
    }
    memset(batch->open, 0, sizeof batch->open);
}

void ref_encapsulate(struct ref_engine *engine, const struct ref_frame *frames, size_t count, struct ref_batch *batch)
{
    batch->slice_count = batch->pending_count = batch->transmission_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ref_frame *frame = &frames[i];
        engine->counters[FRAMES_IN]++;
        engine->counters[BYTES_IN] += frame->length;
        if (frame->length < 14 || frame->flags_and_segmentation || frame->headroom < 8 || (frame->data[6] & 1) ||
            (frame->data[0] & 1) || be48(frame->data + 6) == 0) {
            engine->counters[DROP]++;
            continue;
        }
        uint16_t type = be16(frame->data + 12);
        if (engine->drops_vlan && (type == 0x8100 || type == 0x88a8)) {
            engine->counters[DROP]++;
            continue;
        }
        struct entry *entry = find(engine, be48(frame->data));
        if (!entry || frame->length > engine->remotes[entry->remote].longest_frame) {
            engine->counters[DROP]++;
            continue;
        }
        struct inner inner = inspect(engine, frame->data, frame->length);
        struct ref_transmission t;
        describe(engine, frame, entry->remote, &inner, &t);
        put32(frame->data - 8, 0x08000000);
        put32(frame->data - 4, engine->vni << 8);
        engine->counters[SENT]++;
        engine->counters[BYTES_SENT] += t.length;
        uint32_t transmission = gather(batch, &t);
        batch->pending[batch->pending_count++] = (struct ref_pending){ frame->data - 8, t.length, transmission };
    }
    settle(batch);
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
        if (d->length < 8 + 14 || d->segment_size || be32(d->data) != 0x08000000 ||
            be32(d->data + 4) != engine->vni << 8 || (remote = find_remote(engine, d->source)) < 0 ||
            !engine->remotes[remote].is_peer) {
            engine->counters[DROP]++;
            continue;
        }
        uint64_t source = be48(frame + 6);
        uint16_t type = be16(frame + 12);
        if ((frame[0] & 1) || (frame[6] & 1) || source == 0 || source == engine->own_mac ||
            (engine->drops_vlan && (type == 0x8100 || type == 0x88a8)) ||
            (type == 0x0800 && (length < 34 || frame[14] >> 4 != 4 || length < 14 + (frame[14] & 15) * 4u)) ||
            (type == 0x86dd && (length < 54 || frame[14] >> 4 != 6))) {
            engine->counters[DROP]++;
            continue;
        }
        if (d->tos & 1) { // ECN: the unusual case
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
        batch->deliveries[batch->delivery_count++] =
            (struct ref_delivery){ 0, batch->slice_count, 1, length, { 0 }, 0, 0, engine->vni, 0 };
        batch->slices[batch->slice_count++] = (struct ref_slice){ (uint8_t *)frame, length };
    }
}

void ref_flood(struct ref_engine *engine, const struct ref_frame *frame, struct ref_transmission *transmissions)
{
    struct inner inner = inspect(engine, frame->data, frame->length);
    put32(frame->data - 8, 0x08000000);
    put32(frame->data - 4, engine->vni << 8);
    for (uint32_t i = 0; i < engine->remote_count; i++) {
        if (frame->length > engine->remotes[i].longest_frame) continue;
        describe(engine, frame, i, &inner, &transmissions[i]);
        transmissions[i].segment_size = 0;
        transmissions[i].open = 0;
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
