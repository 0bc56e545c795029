// The engine through libvtep.so, against the same C version: 64 frames in a call, 1,000 stations behind 4 remotes.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vtep.h>

#include "reference/reference.h"

enum { BATCH = 64, STATIONS = 1000, REMOTES = 4, LENGTH = 64, ROOM = 128, BATCHES = 5000, ROUNDS = 9 };

static uint8_t memory[BATCH][ROOM + LENGTH];
static uint64_t state = 42;

static uint32_t below(uint32_t limit)
{
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (uint32_t)((state >> 32) * limit >> 32);
}

static uint64_t station(uint32_t number) { return 0x020000000000 | (number * 0x9E3779B1ull & 0xFFFFFFFFFF); }

static void put(uint8_t *place, uint64_t address)
{
    for (int i = 0; i < 6; i++) place[i] = (uint8_t)(address >> (40 - i * 8));
}

static int ascending(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static double median(uint64_t *samples, size_t count)
{
    qsort(samples, count, sizeof *samples, ascending);
    return (double)samples[count / 2];
}

static vtep_engine *engine;
static vtep_batch *batch;
static uint32_t port;
static struct ref_engine *reference;
static struct ref_batch reference_batch;
static vtep_frame frames[BATCH];
static struct ref_frame reference_frames[BATCH];
static vtep_datagram datagrams[BATCH];

static void make(void)
{
    vtep_engine_fdb_entry entry = VTEP_ENGINE_FDB_ENTRY_INIT;
    vtep_engine_options options = VTEP_ENGINE_OPTIONS_INIT;
    vtep_error err = VTEP_ERROR_INIT;
    options.has = VTEP_ENGINE_HAS_MAXIMUM_FDB_ENTRIES;
    options.maximum_fdb_entries = STATIONS;
    if (vtep_engine_new(&options, &engine, &err) || vtep_batch_new(&batch, &err) ||
        vtep_engine_vni_add(engine, 120, NULL, &err) || vtep_engine_port_add(engine, 120, NULL, &port, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    reference = ref_new(120, STATIONS, 0x123456789abcdef0);
    for (uint32_t i = 0; i < REMOTES; i++) ref_add_remote(reference, 0x0A010001 + i);
    for (uint32_t i = 0; i < REMOTES; i++) {
        vtep_ip peer = { 4, { 10, 1, 0, (uint8_t)(1 + i) } };
        vtep_engine_peer_add(engine, &peer, NULL);
    }
    entry.vni = 120;
    for (uint32_t i = 0; i < STATIONS; i++) {
        put(entry.mac.bytes, station(i));
        entry.remote = (vtep_ip){ 4, { 10, 1, 0, (uint8_t)(1 + i % REMOTES) } };
        if (vtep_engine_fdb_set(engine, &entry, 0, &err)) {
            fprintf(stderr, "%s\n", err.message);
            exit(1);
        }
        ref_add_entry(reference, station(i), (int)(i % REMOTES));
    }
    static const uint8_t headers[] = { 8, 0, 0x45, 0, 0, LENGTH - 14, 0, 1, 0x40, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0 };
    for (uint32_t i = 0; i < BATCH; i++) {
        uint8_t *frame = memory[i] + ROOM;
        put(frame + 6, 0x020909090909);
        memcpy(frame + 12, headers, sizeof headers);
        frame[33] = frame[34] = (uint8_t)i;
        frames[i] = (vtep_frame){ .data = frame, .length = LENGTH, .headroom = ROOM };
        reference_frames[i] = (struct ref_frame){ .data = frame, .length = LENGTH, .headroom = ROOM };
    }
}

static void next_frames(void)
{
    for (uint32_t i = 0; i < BATCH; i++) put(memory[i] + ROOM, station(below(STATIONS)));
}

static void next_datagrams(void)
{
    static const uint8_t header[8] = { 8, 0, 0, 0, 0, 0, 120, 0 };
    for (uint32_t i = 0; i < BATCH; i++) {
        uint32_t number = below(STATIONS);
        put(memory[i] + ROOM, 0x020909090909);
        put(memory[i] + ROOM + 6, station(number));
        memcpy(memory[i] + ROOM - 8, header, 8);
        datagrams[i] = (vtep_datagram){ .data = memory[i] + ROOM - 8, .length = LENGTH + 8 };
        datagrams[i].source[10] = datagrams[i].source[11] = 0xFF;
        datagrams[i].source[12] = 10, datagrams[i].source[13] = 1;
        datagrams[i].source[15] = (uint8_t)(1 + number % REMOTES);
    }
}

static void ours_out(void)
{
    vtep_batch_clear(batch);
    vtep_engine_encapsulate(engine, frames, BATCH, port, 1000, batch, NULL);
}
static void theirs_out(void) { ref_encapsulate(reference, reference_frames, BATCH, &reference_batch); }
static void ours_in(void)
{
    vtep_batch_clear(batch);
    vtep_engine_decapsulate(engine, datagrams, BATCH, 1000, batch, NULL);
}
static void theirs_in(void)
{
    // vtep_datagram and struct ref_datagram have one layout.
    ref_decapsulate(reference, (const struct ref_datagram *)datagrams, BATCH, 1000, &reference_batch);
}

static uint64_t round_of(void (*prepare)(void), void (*work)(void))
{
    static uint64_t samples[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
        prepare();
        uint64_t begin = ref_now_ns();
        work();
        samples[i] = ref_now_ns() - begin;
    }
    return (uint64_t)(median(samples, BATCHES) * 100 / BATCH);
}

static void measure(const char *name, const char *path, void (*prepare)(void), void (*ours)(void), void (*theirs)(void))
{
    uint64_t a[ROUNDS], b[ROUNDS];
    round_of(prepare, ours);
    round_of(prepare, theirs);
    for (int i = 0; i < ROUNDS; i++) {
        a[i] = round_of(prepare, ours);
        b[i] = round_of(prepare, theirs);
    }
    double value = median(a, ROUNDS) / 100, peer = median(b, ROUNDS) / 100;
    printf("%-34s%.2f ns   C %.2f ns   ratio %.2f\n", name, value, peer, peer / value);
    FILE *file = fopen(path, "a");
    if (!file) {
        perror(path);
        exit(1);
    }
    fprintf(file,
            "{\"name\":\"%s\",\"value\":%.2f,\"unit\":\"ns\",\"peer\":\"straightforward C, gcc -O3\",\"peer_value\":%.2f,"
            "\"ratio\":%.2f,\"note\":\"through libvtep.so; 64 frames a call; %d rounds\"}\n",
            name, value, peer, peer / value, ROUNDS);
    fclose(file);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 64;
    make();
    measure("abi-encapsulate-64-1k", argv[1], next_frames, ours_out, theirs_out);
    measure("abi-decapsulate-64-1k", argv[1], next_datagrams, ours_in, theirs_in);
    vtep_batch_free(batch);
    vtep_engine_free(engine);
    ref_free(reference);
}
