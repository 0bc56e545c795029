// Sockets and TAP descriptors keep the network namespace they were opened in for life. So a thread of our own enters the
// namespace, opens them and ends: the caller's thread, which may belong to a runtime, stays where it is.
#define _GNU_SOURCE
#include "inside.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

struct call {
    int netns;
    int (*body)(void *);
    void *argument;
    int result;
};

static void *run(void *argument)
{
    struct call *call = argument;
    if (setns(call->netns, CLONE_NEWNET) < 0)
        call->result = -errno;
    else
        call->result = call->body(call->argument);
    return NULL;
}

int cvtep_inside(int netns, int (*body)(void *), void *argument)
{
    if (netns < 0) return body(argument);
    struct call call = { .netns = netns, .body = body, .argument = argument, .result = -EINVAL };
    // The new thread inherits the mask: no handler of the host program may run inside the foreign namespace.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run, &call);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error != 0) return -error;
    pthread_join(thread, NULL);
    return call.result;
}
