/* Twenty threads with a host each, in two namespaces at once; lists read by several threads; a host handed from one
 * thread to the next. No call moves a thread to another namespace. */
#include "network.h"

#include <sys/stat.h>

enum { THREADS = 20, ROUNDS = 8 };

struct job {
    unsigned number;
    int elsewhere; /* the namespace it works in; -1: the program's own */
    const vtep_link_list *list;
    vtep_host *host;
};

static ino_t namespace_of_thread(void) {
    struct stat status;
    return stat("/proc/thread-self/ns/net", &status) == 0 ? status.st_ino : 0;
}

static vtep_host *open_for(const struct job *job) {
    vtep_host *host = NULL;
    if (job->elsewhere >= 0) {
        OK(vtep_host_open_fd(job->elsewhere, &host, &err));
    } else {
        OK(vtep_host_open(&host, &err));
    }
    return host;
}

static void *make_and_delete(void *argument) {
    const struct job *job = (const struct job *)argument;
    ino_t before = namespace_of_thread();
    vtep_host *host = open_for(job);
    char name[16], absent[16];
    unsigned round;
    snprintf(name, sizeof name, "br%u", job->number);
    snprintf(absent, sizeof absent, "absent%u", job->number);
    for (round = 0; round < ROUNDS; round++) {
        vtep_bridge_options options = bridge_named(name);
        vtep_link link = VTEP_LINK_INIT;
        OK(vtep_host_bridge_create(host, &options, &link, &err));
        TEXT(link.name, name); /* its own answer, not another thread's */
        FAILS(VTEP_E_NOTFOUND, absent, vtep_host_link_get(host, absent, &link, &err));
        FAILS(VTEP_E_EXISTS, name, vtep_host_bridge_create(host, &options, &link, &err));
        OK(vtep_host_bridge_delete(host, name, &err));
    }
    vtep_host_close(host);
    CHECK(before != 0 && namespace_of_thread() == before);
    return NULL;
}

static void *read_list(void *argument) {
    const struct job *job = (const struct job *)argument;
    vtep_link link = VTEP_LINK_INIT;
    unsigned round;
    uint32_t i;
    for (round = 0; round < ROUNDS; round++)
        for (i = 0; i < vtep_link_list_count(job->list); i++) {
            OK(vtep_link_list_get(job->list, i, &link, &err));
            EQUAL(link.index, i + 1);
        }
    return NULL;
}

static void *use_and_close(void *argument) {
    struct job *job = (struct job *)argument;
    OK(vtep_host_link_get(job->host, "lo", NULL, &err));
    vtep_host_close(job->host);
    return NULL;
}

static void run(void *(*body)(void *), struct job *jobs, unsigned count) {
    pthread_t threads[THREADS];
    unsigned i;
    for (i = 0; i < count; i++) CHECK(pthread_create(&threads[i], NULL, body, &jobs[i]) == 0);
    for (i = 0; i < count; i++) pthread_join(threads[i], NULL);
}

int main(void) {
    struct job jobs[THREADS];
    vtep_host *host = open_host(), *there = NULL;
    vtep_link_list *list = NULL;
    vtep_vxlan_options vxlan = vxlan_named("vx0", 120);
    int elsewhere = new_namespace(), descriptors = open_descriptors();
    unsigned i;
    for (i = 0; i < THREADS; i++) {
        jobs[i].number = i / 2; /* the same names in both namespaces */
        jobs[i].elsewhere = i % 2 ? elsewhere : -1;
    }
    run(make_and_delete, jobs, THREADS);
    EQUAL(link_count(host), 1);
    EQUAL(open_descriptors(), descriptors);

    OK(vtep_host_open_fd(elsewhere, &there, &err)); /* two at once in one thread: the same device in both */
    OK(vtep_host_vxlan_create(host, &vxlan, NULL, &err));
    OK(vtep_host_vxlan_create(there, &vxlan, NULL, &err));
    OK(vtep_host_vxlan_delete(host, "vx0", NULL, &err));
    OK(vtep_host_link_get(there, "vx0", NULL, &err));
    vtep_host_close(there);

    OK(vtep_host_links(host, NULL, &list, &err));
    for (i = 0; i < THREADS; i++) jobs[i].list = list;
    run(read_list, jobs, THREADS);
    vtep_link_list_free(list);

    jobs[0].host = host; /* made here, used and ended there */
    run(use_and_close, jobs, 1);
    close(elsewhere);
    return check_result();
}
