#define _POSIX_C_SOURCE 200809L
#include "docker_network.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "options.h"

enum { NOT_FOUND = 127 }; /* as the shell's */

static int failure(const char *network, const char *reason, const char *remedy) {
    fprintf(stderr, "Error: cannot find the bridge of Docker network");
    if (network[0] != '\0')
        fprintf(stderr, " \"%s\"", network);
    fprintf(stderr, ": %s; %s\n", reason, remedy);
    return STATUS_FAILED;
}

/* Reads to the end; what exceeds the text is dropped. Line ends become spaces, those at the end go. */
static void read_text(int descriptor, char *text, size_t capacity) {
    size_t length = 0;
    char dropped[256];

    for (;;) {
        int is_full = length + 1 >= capacity;
        ssize_t count = is_full ? read(descriptor, dropped, sizeof(dropped))
                                : read(descriptor, text + length, capacity - 1 - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        if (!is_full)
            length += (size_t)count;
    }
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
        length--;
    text[length] = '\0';
    for (; length > 0; length--)
        if (text[length - 1] == '\n')
            text[length - 1] = ' ';
}

static void become_docker(char *network, const int output[2], const int complaint[2]) {
    char format[] = "{{.Driver}} {{.Id}}"
                    "{{range $key, $value := .Options}}"
                    "{{if eq $key \"com.docker.network.bridge.name\"}} {{$value}}{{end}}"
                    "{{end}}";
    char *arguments[] = {"docker", "network", "inspect", "--format", format, "--", network, NULL};

    if (dup2(output[1], STDOUT_FILENO) >= 0 && dup2(complaint[1], STDERR_FILENO) >= 0) {
        close(output[0]);
        close(output[1]);
        close(complaint[0]);
        close(complaint[1]);
        execvp(arguments[0], arguments); /* looks along PATH, and is no shell */
    }
    _exit(NOT_FOUND);
}

/* Returns docker's exit status, or -1. */
static int run_docker(char *network, char *printed, size_t printed_size, char *complained, size_t complained_size) {
    int output[2], complaint[2], status;
    pid_t child;

    if (pipe(output) != 0)
        return -1;
    if (pipe(complaint) != 0) {
        close(output[0]);
        close(output[1]);
        return -1;
    }
    child = fork();
    if (child == 0)
        become_docker(network, output, complaint);
    close(output[1]);
    close(complaint[1]);
    if (child > 0) {
        read_text(output[0], printed, printed_size);
        read_text(complaint[0], complained, complained_size);
    }
    close(output[0]);
    close(complaint[0]);
    if (child < 0)
        return -1;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int bridge_of_answer(const char *network, const char *answer, char *bridge, size_t capacity) {
    char driver[64], id[80], name[32], reason[512];
    int fields = sscanf(answer, "%63s %79s %31s", driver, id, name);

    if (fields < 2) {
        snprintf(reason, sizeof(reason), "docker answers \"%s\"", answer);
        return failure(network, reason, "name the bridge with --bridge");
    }
    if (strcmp(driver, "bridge") != 0) {
        snprintf(reason, sizeof(reason), "it is a network of the driver \"%s\"", driver);
        return failure(network, reason, "use one of \"docker network ls -f driver=bridge\"");
    }
    /* Without a name of its own choice a network's bridge is called after the start of its id. */
    if (fields > 2)
        snprintf(bridge, capacity, "%s", name);
    else
        snprintf(bridge, capacity, "br-%.12s", id);
    return STATUS_OK;
}

int docker_network_bridge(char *network, char *bridge, size_t capacity) {
    char printed[256] = "", complained[480] = "", reason[512];
    int status = run_docker(network, printed, sizeof(printed), complained, sizeof(complained));

    if (status == NOT_FOUND)
        return failure(network, "there is no command \"docker\" in PATH",
                       "install it, or name the bridge with --bridge");
    if (status == -1)
        return failure(network, "docker cannot be started, or was killed", "name the bridge with --bridge");
    if (status != 0) {
        snprintf(reason, sizeof(reason), "docker says \"%s\"", complained);
        return failure(network, reason, "see \"docker network ls\"");
    }
    return bridge_of_answer(network, printed, bridge, capacity);
}
