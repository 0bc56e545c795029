#include "usage.h"

#include <stdio.h>
#include <string.h>

static const struct described all[] = {
    {"remote", "IP", "The other host's address on the underlay"},
    {"group", "IP", "The multicast group of all VTEPs, such as 229.1.1.1"},
    {"address", "PREFIX", "The address of the VXLAN device, such as 10.16.0.2/24"},
    {"bridge", "NAME", "The bridge of the containers"},
    {"network", "NETWORK", "The Docker network whose bridge it is"},
    {"device", "DEV", "The underlay link"},
    {"vni", "VNI", "The VXLAN network identifier (default: 120)"},
    {"port", "PORT", "The UDP port of all VTEPs (default: 4789)"},
    {"name", "NAME", "The VXLAN device to make or delete (default: vxlan0)"},
    {"local", "IP", "The source address on the underlay"},
    {"mtu", "BYTES", "The MTU (default: the underlay's less 50 or 70)"},
    {"tap", "NAME", "The TAP device to make (default: tap0)"},
    {"stream", "PATH", "A Unix socket in QEMU's framing, not a TAP device"},
    {"connect", NULL, "Connect to the socket, instead of listening there"},
    {"snapshot", NULL, "First print what there is, as added"},
    {"netns", "PATH", "A network namespace, such as /run/netns/blue"},
    {"delete", NULL, "Delete NAME if it is a VXLAN device with that VNI"},
};

const struct described *usage_find(const char *name) {
    size_t i = 0;

    while (i < sizeof(all) / sizeof(all[0]) - 1 && strcmp(all[i].name, name) != 0)
        i++;
    return &all[i];
}

static void label(const struct described *option, char *text, size_t capacity) {
    if (option->value == NULL)
        snprintf(text, capacity, "--%s", option->name);
    else
        snprintf(text, capacity, "--%s <%s>", option->name, option->value);
}

void options_help(const struct program *program) {
    size_t i;

    printf("OVERVIEW: %s\n\n%s\n\n", program->overview, program->advice);
    printf("USAGE: %s\n", program->usage[0]);
    if (program->usage[1] != NULL)
        printf("       %s\n", program->usage[1]);
    printf("\nOPTIONS:\n");
    for (i = 0; program->options[i] != NULL; i++) {
        const struct described *option = usage_find(program->options[i]);
        char text[64];
        label(option, text, sizeof(text));
        printf("  %-23s %s\n", text, option->help);
    }
    printf("  %-23s %s\n\n", "-h, --help", "Show help information.");
}

static int usage(const struct program *program) {
    fprintf(stderr, "Usage: %s\n", program->usage[0]);
    if (program->usage[1] != NULL)
        fprintf(stderr, "       %s\n", program->usage[1]);
    fprintf(stderr, "  See '%s --help' for more information.\n", program->name);
    return STATUS_USAGE;
}

static int usage_about(const struct program *program, const struct described *option) {
    char text[64];

    label(option, text, sizeof(text));
    fprintf(stderr, "Help:  %s  %s\n", text, option->help);
    return usage(program);
}

int usage_error(const struct program *program, const char *what) {
    fprintf(stderr, "Error: %s\n", what);
    return usage(program);
}

int usage_missing_value(const struct program *program, const struct described *option) {
    fprintf(stderr, "Error: Missing value for '--%s <%s>'\n", option->name, option->value);
    return usage_about(program, option);
}

int usage_invalid_value(const struct program *program, const struct described *option, const char *value,
                        const char *why) {
    fprintf(stderr, "Error: The value '%s' is invalid for '--%s <%s>': %s\n", value, option->name, option->value, why);
    return usage_about(program, option);
}

int usage_unknown(const struct program *program, const char *argument, int letter) {
    const char *value = strchr(argument, '=');
    int name_length = (int)strcspn(argument, "=");

    if (letter == 0)
        fprintf(stderr, "Error: Unknown option '%.*s'\n", name_length, argument);
    else if (strncmp(argument, "--", 2) == 0 && value != NULL)
        fprintf(stderr, "Error: The option '%.*s' does not take any value, but '%s' was specified.\n", name_length,
                argument, value + 1);
    else
        fprintf(stderr, "Error: Unknown option '-%c'\n", letter);
    return usage(program);
}

int usage_unexpected(const struct program *program, char **arguments, int count) {
    int i;

    if (count == 1)
        fprintf(stderr, "Error: Unexpected argument '%s'\n", arguments[0]);
    else
        fprintf(stderr, "Error: %d unexpected arguments: ", count);
    for (i = 0; count > 1 && i < count; i++)
        fprintf(stderr, "'%s'%s", arguments[i], i < count - 1 ? ", " : "\n");
    return usage(program);
}
