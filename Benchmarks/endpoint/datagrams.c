// datagrams send IP LENGTH SECONDS   sends UDP datagrams of LENGTH bytes to port 9000 as fast as it goes
// datagrams receive SECONDS          prints how many arrive in a second, from the first one on
// datagrams single IP LENGTH COUNT COPIES LINK   broadcasts, waits until the link has sent the copies, and so on
// datagrams burst IP LENGTH COUNT COPIES LINK    broadcasts all at once, and waits
// The latter two print how many copies there were, and in how many seconds they were sent.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { batch = 32 };

static double now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void prepare(struct mmsghdr *messages, struct iovec *parts, char *memory, size_t length)
{
    memset(messages, 0, batch * sizeof *messages);
    for (int i = 0; i < batch; i++) {
        parts[i] = (struct iovec){ memory + (size_t)i * 2048, length };
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
}

/// Packets that a link has sent.
static long sent(const char *link)
{
    FILE *file = fopen("/proc/self/net/dev", "r");
    char line[512];
    long packets = -1;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        char *colon = strchr(line, ':'), *name = line + strspn(line, " ");
        if (colon == NULL || (size_t)(colon - name) != strlen(link) || strncmp(name, link, strlen(link)) != 0) continue;
        sscanf(colon + 1, "%*d %*d %*d %*d %*d %*d %*d %*d %*d %ld", &packets);
    }
    if (file != NULL) fclose(file);
    return packets;
}

/// Seconds from `begun` until the link has sent so many packets more than `already`, or sends no more for a while.
static double settle(const char *link, long already, long expected, double begun)
{
    long last = already;
    double ended = begun;
    do {
        long packets = sent(link);
        if (packets != last) ended = now(), last = packets;
        if (packets - already >= expected) break;
        usleep(expected > 10000 ? 500 : 20);
    } while (now() < ended + 0.1);
    return ended - begun;
}

static int flood(int fd, const char *bytes, size_t length, int times, int at_once, int copies, const char *link)
{
    long first = sent(link);
    double seconds = 0;
    if (first < 0) return 1;
    for (int done = 0; done < times; done += at_once) {
        long already = sent(link);
        double begun = now();
        for (int i = 0; i < at_once; i++)
            if (send(fd, bytes, length, 0) < 0) usleep(50);
        seconds += settle(link, already, (long)at_once * copies, begun);
    }
    printf("%ld %.6f\n", sent(link) - first, seconds);
    return 0;
}

int main(int argc, char **argv)
{
    static char memory[batch * 2048];
    struct mmsghdr messages[batch];
    struct iovec parts[batch];
    int on = 1, fd = socket(AF_INET, SOCK_DGRAM, 0), space = 8 << 20;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(9000) };
    if (argc == 5 && strcmp(argv[1], "send") == 0) {
        double seconds = atof(argv[4]);
        inet_pton(AF_INET, argv[2], &address.sin_addr);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
        prepare(messages, parts, memory, (size_t)atoi(argv[3]));
        for (double end = now() + seconds; now() < end;) sendmmsg(fd, messages, batch, 0);
        return 0;
    }
    if (argc == 7) {
        int times = atoi(argv[4]), at_once = strcmp(argv[1], "burst") == 0 ? times : 1;
        inet_pton(AF_INET, argv[2], &address.sin_addr);
        setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
        return flood(fd, memory, (size_t)atoi(argv[3]), times, at_once, atoi(argv[5]), argv[6]);
    }
    if (argc != 3) return 64;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &space, sizeof space);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
    prepare(messages, parts, memory, 2048);
    long count = 0;
    double first = 0, last = 0, end = now() + atof(argv[2]) + 2;
    struct timeval patience = { 0, 300000 };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (now() < end) {
        int got = recvmmsg(fd, messages, batch, MSG_WAITFORONE, NULL);
        if (got <= 0) {
            if (count > 0) break;
            continue;
        }
        last = now();
        if (count == 0) first = last;
        count += got;
    }
    printf("%.0f\n", last > first ? (double)count / (last - first) : 0);
}
