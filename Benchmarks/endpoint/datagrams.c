// datagrams send IP LENGTH SECONDS   sends UDP datagrams of LENGTH bytes to port 9000 as fast as it goes
// datagrams send IP LENGTH -COUNT    sends so many, to a broadcast address, too
// datagrams receive SECONDS          prints how many arrive in a second, from the first one on
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
        setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
        prepare(messages, parts, memory, (size_t)atoi(argv[3]));
        if (seconds < 0) {
            for (int i = 0; i < -(int)seconds; i++)
                if (send(fd, memory, parts[0].iov_len, 0) < 0) usleep(50);
            return 0;
        }
        for (double end = now() + seconds; now() < end;) sendmmsg(fd, messages, batch, 0);
        return 0;
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
