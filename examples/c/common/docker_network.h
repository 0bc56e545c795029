/* Which bridge a Docker network has. */
#ifndef DOCKER_NETWORK_H
#define DOCKER_NETWORK_H

#include <stddef.h>

/*
 * Asks Docker; `docker` finds its Engine itself (DOCKER_HOST, the current context). Prints what fails and returns an
 * exit status.
 */
int docker_network_bridge(char *network, char *bridge, size_t capacity);

#endif
