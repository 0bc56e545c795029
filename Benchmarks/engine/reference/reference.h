// A straightforward C version of what Engine does in its usual case, to measure against: one VNI, one port, IPv4 remotes,
// no offloads. Same checks, same lookups, same output, none of the options.
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stddef.h>
#include <stdint.h>

struct ref_frame {
    uint8_t *data; // with at least 50 bytes of headroom
    uint32_t length;
};

struct ref_datagram {
    uint8_t *data;
    uint32_t length;
    uint32_t source; // IPv4, host order
    uint8_t tos;
};

struct ref_iovec {
    uint8_t *base;
    size_t length;
};

struct ref_transmission {
    uint32_t remote;
    uint16_t port, source_port, segment_size, socket;
    uint32_t first, count, length, datagrams;
};

struct ref_delivery {
    uint32_t port, slice, length;
};

struct ref_batch {
    struct ref_iovec slices[256];
    struct ref_transmission transmissions[256];
    struct ref_delivery deliveries[256];
    uint32_t slice_count, transmission_count, delivery_count;
};

struct ref_engine;

struct ref_engine *ref_new(uint32_t vni, uint32_t capacity, uint64_t seed);
void ref_free(struct ref_engine *engine);
int ref_add_remote(struct ref_engine *engine, uint32_t address);
void ref_add_entry(struct ref_engine *engine, uint64_t mac, int remote);

void ref_encapsulate(struct ref_engine *engine, const struct ref_frame *frames, size_t count, struct ref_batch *batch);
void ref_decapsulate(struct ref_engine *engine, const struct ref_datagram *datagrams, size_t count, uint64_t now_ms,
                     struct ref_batch *batch);

// One copy of a broadcast for each remote: descriptors only, in `transmissions`, of which there must be enough.
void ref_flood(struct ref_engine *engine, const struct ref_frame *frame, struct ref_transmission *transmissions);

uint64_t ref_now_ns(void);

#endif
