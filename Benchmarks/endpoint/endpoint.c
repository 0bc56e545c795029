// endpoint LOCAL TAP PREFIX REMOTE COUNT BUSY_POLL: a VTEP with COUNT default remotes, at consecutive addresses from
// REMOTE on, which looks for BUSY_POLL microseconds for more before it sleeps.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vtep.h>

int main(int argc, char **argv)
{
    vtep_error err = VTEP_ERROR_INIT;
    vtep_underlay_options underlay = VTEP_UNDERLAY_OPTIONS_INIT;
    vtep_endpoint_options options = VTEP_ENDPOINT_OPTIONS_INIT;
    vtep_endpoint_port_options tap = VTEP_ENDPOINT_PORT_OPTIONS_INIT;
    vtep_engine_remote remote = VTEP_ENGINE_REMOTE_INIT;
    vtep_prefix prefix;
    vtep_endpoint *endpoint = NULL;
    if (argc != 7) return 64;
    options.ipv4 = &underlay;
    options.has = VTEP_ENDPOINT_HAS_BUSY_POLL;
    options.busy_poll = (uint32_t)atoi(argv[6]);
    tap.kind = VTEP_ENDPOINT_PORT_TAP;
    tap.name = argv[2];
    tap.addresses = &prefix;
    tap.address_count = 1;
    if (vtep_ip_parse(argv[1], &underlay.local, &err) != VTEP_OK || vtep_prefix_parse(argv[3], &prefix, &err) != VTEP_OK ||
        vtep_ip_parse(argv[4], &remote.address, &err) != VTEP_OK ||
        vtep_endpoint_new(&options, &endpoint, &err) != VTEP_OK || vtep_endpoint_vni_add(endpoint, 120, NULL, &err) != VTEP_OK)
        goto failed;
    for (int i = 0, count = atoi(argv[5]); i < count; i++) {
        uint32_t address;
        if (vtep_endpoint_default_remote_add(endpoint, 120, &remote, &err) != VTEP_OK) goto failed;
        memcpy(&address, remote.address.bytes, 4);
        address = htonl(ntohl(address) + 1);
        memcpy(remote.address.bytes, &address, 4);
    }
    if (vtep_endpoint_port_add(endpoint, 120, &tap, NULL, &err) == VTEP_OK &&
        vtep_endpoint_run(endpoint, 0, -1, &err) == VTEP_OK)
        return 0;
failed:
    fprintf(stderr, "%s\n", err.message);
    return 1;
}
