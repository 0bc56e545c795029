// A straightforward C version of what Engine does in its usual case, to measure against: one VNI, one port, no
// offloads. The same checks, lookups, outer fields, gathering and output; none of the unusual cases.
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stddef.h>
#include <stdint.h>

struct ref_frame {
    uint8_t *data;
    uint32_t length, headroom;
    uint16_t flags_and_segmentation, header_length, segment_size, checksum_start, checksum_offset;
    uint16_t policy_id;
    uint32_t policy_bits;
};

struct ref_datagram {
    uint8_t *data;
    uint32_t length;
    uint16_t segment_size, source_port;
    uint8_t source[16]; // IPv4 is mapped
    uint8_t tos, reserved[7];
};

struct ref_slice {
    uint8_t *data;
    size_t length;
};

struct ref_transmission {
    uint8_t remote[16];
    uint16_t port, socket, source_port, segment_size;
    uint8_t tos, ttl, flags, open;
    uint32_t first, count, length, datagrams, remote_index;
};

struct ref_delivery {
    uint32_t port, first, count, length;
    uint16_t offload[5];
    uint16_t policy_id;
    uint32_t policy_bits, vni, reserved;
};

struct ref_pending {
    uint8_t *data;
    uint32_t length, transmission;
};

struct ref_batch {
    struct ref_slice slices[256];
    struct ref_pending pending[256];
    struct ref_transmission transmissions[256];
    struct ref_delivery deliveries[256];
    uint32_t open[64];
    uint32_t slice_count, pending_count, transmission_count, delivery_count;
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
