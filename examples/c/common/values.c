#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number(const char *text, unsigned long low, unsigned long high, uint32_t *out, char *why, size_t capacity) {
    size_t digits = strspn(text, "0123456789");
    /* strtoul alone would take signs and spaces; some programs read "010" as 8. */
    int is_plain = digits > 0 && digits <= 8 && text[digits] == '\0' && (text[0] != '0' || digits == 1);
    unsigned long value = is_plain ? strtoul(text, NULL, 10) : 0;

    if (!is_plain || value < low || value > high) {
        snprintf(why, capacity, "it is not a number from %lu to %lu", low, high);
        return 0;
    }
    *out = (uint32_t)value;
    return 1;
}

static int address(const char *text, vtep_ip *out, char *why, size_t capacity) {
    vtep_error err = VTEP_ERROR_INIT;

    if (vtep_ip_parse(text, out, &err) == VTEP_OK)
        return 1;
    snprintf(why, capacity, "%s", err.message);
    return 0;
}

static int prefix(const char *text, vtep_prefix *out, char *why, size_t capacity) {
    vtep_error err = VTEP_ERROR_INIT;

    if (vtep_prefix_parse(text, out, &err) == VTEP_OK)
        return 1;
    snprintf(why, capacity, "%s", err.message);
    return 0;
}

static int string(const char *option, char *text, struct options *out) {
    if (strcmp(option, "device") == 0)
        out->vxlan.device = text;
    else if (strcmp(option, "name") == 0)
        out->vxlan.name = text;
    else if (strcmp(option, "bridge") == 0)
        out->bridge = text;
    else if (strcmp(option, "network") == 0)
        out->network = text;
    else if (strcmp(option, "netns") == 0)
        out->netns = text;
    else if (strcmp(option, "tap") == 0)
        out->tap = text;
    else if (strcmp(option, "stream") == 0)
        out->stream = text;
    return 1;
}

int value_read(const char *option, char *text, struct options *out, char *why, size_t capacity) {
    if (strcmp(option, "remote") == 0)
        return address(text, &out->vxlan.remote, why, capacity);
    if (strcmp(option, "group") == 0)
        return address(text, &out->vxlan.group, why, capacity);
    if (strcmp(option, "local") == 0)
        return address(text, &out->vxlan.local, why, capacity);
    if (strcmp(option, "address") == 0)
        return prefix(text, &out->address, why, capacity);
    if (strcmp(option, "vni") == 0)
        return number(text, 0, 16777215, &out->vxlan.vni, why, capacity);
    if (strcmp(option, "port") == 0) {
        out->vxlan.has |= VTEP_VXLAN_OPTIONS_HAS_DESTINATION_PORT;
        return number(text, 1, 65535, &out->vxlan.destination_port, why, capacity);
    }
    if (strcmp(option, "mtu") == 0) {
        out->vxlan.has |= VTEP_VXLAN_OPTIONS_HAS_MTU;
        return number(text, 68, 65535, &out->vxlan.mtu, why, capacity);
    }
    return string(option, text, out);
}

void value_set(const char *option, struct options *out) {
    if (strcmp(option, "delete") == 0)
        out->delete = 1;
    else if (strcmp(option, "snapshot") == 0)
        out->snapshot = 1;
    else if (strcmp(option, "connect") == 0)
        out->connect = 1;
}
