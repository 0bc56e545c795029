/* What a program sees of an installed library: the version it was built for is the one that runs, and it works. */
#include <stdio.h>
#include <vtep.h>

int main(void) {
    vtep_error err = VTEP_ERROR_INIT;
    vtep_host *host = NULL;
    vtep_link link = VTEP_LINK_INIT;
    if (vtep_version() != VTEP_VERSION) return 2;
    if (vtep_host_open(&host, &err) != VTEP_OK || vtep_host_link_get(host, "lo", &link, &err) != VTEP_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    vtep_host_close(host);
    printf("vtep %d.%d.%d sees link %s\n", VTEP_VERSION_MAJOR, VTEP_VERSION_MINOR, VTEP_VERSION_PATCH, link.name);
    return 0;
}
