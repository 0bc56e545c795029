/* Nothing is allocated per frame: a million of them through the engine, both ways, with the allocator's every entry
 * counted. Not under valgrind, which has an allocator of its own. */
#include "check.h"

static unsigned long allocations;

#ifdef __cplusplus
extern "C" {
#endif
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
void *malloc(size_t size) { return allocations++, __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return allocations++, __libc_calloc(count, size); }
void *realloc(void *block, size_t size) { return allocations++, __libc_realloc(block, size); }
void *aligned_alloc(size_t alignment, size_t size) { return allocations++, __libc_memalign(alignment, size); }
int posix_memalign(void **out, size_t alignment, size_t size) {
    allocations++;
    *out = __libc_memalign(alignment, size);
    return *out == NULL ? ENOMEM : 0;
}
#ifdef __cplusplus
}
#endif

enum { FRAMES = 64, LENGTH = 128, ROOM = 128 };
static uint8_t memory[FRAMES][ROOM + LENGTH];

/* A station's number in both addresses; every second frame TCP in IPv4, so that it may be coalesced. */
static void fill(uint32_t round) {
    static const uint8_t headers[] = { 8, 0, 0x45, 0, 0, LENGTH - 14, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
                                       1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0x50, 0x10 };
    uint32_t i;
    for (i = 0; i < FRAMES; i++) {
        uint8_t *frame = memory[i] + ROOM;
        memset(frame, 0, LENGTH);
        frame[0] = frame[6] = 2;
        frame[4] = frame[10] = (uint8_t)(round + i);
        frame[11] = 1;
        if (i % 16 == 0) memset(frame, 0xFF, 6);
        memcpy(frame + 12, headers, sizeof headers);
    }
}

int main(void) {
    static const uint8_t header[8] = { 8, 0, 0, 0, 0, 0, 9, 0 };
    static vtep_frame frames[FRAMES];
    static vtep_datagram datagrams[FRAMES];
    vtep_engine_port_options options = VTEP_ENGINE_PORT_OPTIONS_INIT;
    vtep_engine_remote remote = VTEP_ENGINE_REMOTE_INIT;
    vtep_engine_event event = VTEP_ENGINE_EVENT_INIT;
    vtep_engine *engine = NULL;
    vtep_batch *batch = NULL;
    vtep_batch_view view = VTEP_BATCH_VIEW_INIT;
    uint32_t port = 0, taken, i, round;
    unsigned long before = 0;
    options.offloads = VTEP_OFFLOAD_CHECKSUM | VTEP_OFFLOAD_TCP4;
    OK(vtep_engine_new(NULL, &engine, &err));
    OK(vtep_batch_new(&batch, &err));
    OK(vtep_engine_vni_add(engine, 9, NULL, &err));
    OK(vtep_engine_port_add(engine, 9, &options, &port, &err));
    remote.address.family = 4;
    for (i = 1; i <= 3; i++) {
        remote.address.bytes[3] = (uint8_t)i;
        OK(vtep_engine_default_remote_add(engine, 9, &remote, &err));
    }
    CHECK(allocations > 0); /* they are counted */
    for (round = 0; round < 8000; round++) {
        if (round == 100) before = allocations;
        fill(round);
        for (i = 0; i < FRAMES; i++) {
            frames[i].data = memory[i] + ROOM;
            frames[i].length = LENGTH;
            frames[i].headroom = ROOM;
            /* Every fourth is a superframe of two or three segments. */
            frames[i].offload.flags = i % 4 == 0;
            frames[i].offload.segmentation = i % 4 == 0;
            frames[i].offload.segment_size = i % 4 == 0 ? 40 : 0;
        }
        EQUAL(vtep_engine_encapsulate(engine, frames, FRAMES, port, round, batch, &taken), VTEP_OK);
        EQUAL(taken, FRAMES);
        vtep_batch_clear(batch);
        for (i = 0; i < FRAMES; i++) {
            memcpy(memory[i] + ROOM - 8, header, 8);
            datagrams[i].data = memory[i] + ROOM - 8;
            datagrams[i].length = LENGTH + 8;
            datagrams[i].source[10] = datagrams[i].source[11] = 0xFF;
            datagrams[i].source[15] = (uint8_t)(1 + i % 3);
        }
        EQUAL(vtep_engine_decapsulate(engine, datagrams, FRAMES, round, batch, &taken), VTEP_OK);
        EQUAL(taken, FRAMES);
        EQUAL(vtep_batch_get(batch, &view), VTEP_OK);
        CHECK(view.delivery_count > 0);
        vtep_batch_clear(batch);
        vtep_engine_advance(engine, round);
        if (round < 100)
            while (vtep_engine_event_next(engine, &event, NULL) == VTEP_OK) {}
    }
    EQUAL(allocations - before, 0);
    vtep_batch_free(batch);
    vtep_engine_free(engine);
    return check_result();
}
