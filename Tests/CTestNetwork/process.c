#define _GNU_SOURCE
#include "test_network.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct tn_process {
    pthread_t thread;
    int netns;
    char *const *argv;
    sem_t started;
    pid_t pid;
    int pidfd; // kills this program even where its number has another owner by now
    int start_error;
    int status;
    int in[2], out[2], err[2];
};

// In the child of vfork: system calls only.
static void become(struct tn_process *process, pid_t parent, volatile int *error)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent && dup2(process->in[0], 0) >= 0 &&
        dup2(process->out[1], 1) >= 0 && dup2(process->err[1], 2) >= 0)
        execvp(process->argv[0], process->argv);
    *error = errno != 0 ? errno : EIO;
    _exit(127);
}

// The parent-death signal comes when the *thread* that forked ends. So this thread stays until the program has ended.
static void *start_and_wait(void *argument)
{
    struct tn_process *process = argument;
    volatile int error = 0;
    pid_t parent = getpid();
    if (process->netns >= 0 && setns(process->netns, CLONE_NEWNET) < 0) {
        error = errno;
    } else if ((process->pid = vfork()) == 0) {
        become(process, parent, &error);
    } else if (process->pid < 0) {
        error = errno;
    }
    close(process->in[0]);
    close(process->out[1]);
    close(process->err[1]);
    process->start_error = error;
    process->pidfd = process->pid > 0 ? pidfd_open(process->pid, 0) : -1;
    pid_t pid = process->pid;
    sem_post(&process->started);
    if (pid > 0)
        while (waitpid(pid, &process->status, 0) < 0 && errno == EINTR) {}
    return NULL;
}

static void release(struct tn_process *process)
{
    close(process->in[1]);
    close(process->out[0]);
    close(process->err[0]);
    if (process->pidfd >= 0) close(process->pidfd);
    sem_destroy(&process->started);
    free(process);
}

int tn_start(int netns, char *const argv[], struct tn_process **result)
{
    struct tn_process *process = calloc(1, sizeof *process);
    if (process == NULL) return -ENOMEM;
    signal(SIGPIPE, SIG_IGN); // a program that does not read its input must not end the tests
    process->pidfd = -1;
    process->netns = netns;
    process->argv = argv;
    sem_init(&process->started, 0, 0);
    if (pipe2(process->in, O_CLOEXEC) < 0 || pipe2(process->out, O_CLOEXEC) < 0 || pipe2(process->err, O_CLOEXEC) < 0)
        return -errno;
    int error = pthread_create(&process->thread, NULL, start_and_wait, process);
    if (error != 0) return -error;
    while (sem_wait(&process->started) < 0 && errno == EINTR) {}
    if (process->start_error != 0) {
        error = process->start_error;
        pthread_join(process->thread, NULL);
        release(process);
        return -error;
    }
    *result = process;
    return 0;
}

pid_t tn_pid(const struct tn_process *process)
{
    return process->pid;
}

struct text {
    char *bytes;
    size_t length;
};

/// 0 at the end of the file.
static int read_some(int fd, struct text *text)
{
    char chunk[65536];
    ssize_t count = read(fd, chunk, sizeof chunk);
    if (count < 0) return errno == EINTR;
    if (count == 0) return 0;
    char *bytes = realloc(text->bytes, text->length + (size_t)count);
    if (bytes == NULL) abort();
    memcpy(bytes + text->length, chunk, (size_t)count);
    text->bytes = bytes;
    text->length += (size_t)count;
    return 1;
}

static int milliseconds_left(const struct timespec *deadline)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long left = (deadline->tv_sec - now.tv_sec) * 1000LL + (deadline->tv_nsec - now.tv_nsec) / 1000000;
    return left > 0 ? (int)left : 0;
}

int tn_finish(
    struct tn_process *process, const void *input, size_t input_length, int timeout_ms,
    char **output, size_t *output_length, char **errors, size_t *errors_length)
{
    struct text out = { 0 }, err = { 0 };
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += timeout_ms / 1000;
    deadline.tv_nsec += timeout_ms % 1000 * 1000000L;
    fcntl(process->in[1], F_SETFL, O_NONBLOCK);
    struct pollfd polled[3] = {
        { .fd = process->out[0], .events = POLLIN },
        { .fd = process->err[0], .events = POLLIN },
        { .fd = process->in[1], .events = POLLOUT },
    };
    const char *rest = input;
    while (polled[0].fd >= 0 || polled[1].fd >= 0) {
        if (polled[2].fd >= 0 && input_length == 0) {
            close(process->in[1]);
            process->in[1] = -1;
            polled[2].fd = -1;
        }
        int left = milliseconds_left(&deadline);
        if (left == 0 || (poll(polled, 3, left) < 0 && errno != EINTR)) {
            pidfd_send_signal(process->pidfd, SIGKILL, NULL, 0);
            break;
        }
        if (polled[0].revents != 0 && !read_some(polled[0].fd, &out)) polled[0].fd = -1;
        if (polled[1].revents != 0 && !read_some(polled[1].fd, &err)) polled[1].fd = -1;
        if (polled[2].fd >= 0 && polled[2].revents != 0) {
            ssize_t count = write(polled[2].fd, rest, input_length);
            if (count > 0) {
                rest += count;
                input_length -= (size_t)count;
            } else if (errno != EAGAIN && errno != EINTR) {
                input_length = 0; // it reads no more
            }
        }
    }
    pthread_join(process->thread, NULL);
    int status = process->status;
    release(process);
    *output = out.bytes;
    *output_length = out.length;
    *errors = err.bytes;
    *errors_length = err.length;
    return status;
}
