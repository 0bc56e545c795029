/* Addresses as text: what is read, what is refused, and that nothing outside the caller's buffers is touched. The
 * buffers are heap blocks of exactly the size under test, so that valgrind sees one byte too many. */
#include "network.h"

typedef vtep_status (*format_function)(const void *value, char *text, uint32_t capacity, vtep_error *error);

static vtep_status format_mac(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_mac_format((const vtep_mac *)value, text, capacity, error);
}
static vtep_status format_ip(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_ip_format((const vtep_ip *)value, text, capacity, error);
}
static vtep_status format_prefix(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_prefix_format((const vtep_prefix *)value, text, capacity, error);
}
static vtep_status format_bridge_id(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_bridge_id_format((const vtep_bridge_id *)value, text, capacity, error);
}
static vtep_status format_operstate(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_operstate_format(*(const uint8_t *)value, text, capacity, error);
}
static vtep_status format_port_state(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_port_state_format(*(const uint8_t *)value, text, capacity, error);
}
static vtep_status format_scope(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_scope_format(*(const uint8_t *)value, text, capacity, error);
}
static vtep_status format_table(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_table_format(*(const uint32_t *)value, text, capacity, error);
}
static vtep_status format_route_type(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_route_type_format(*(const uint8_t *)value, text, capacity, error);
}
static vtep_status format_origin(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_route_origin_format(*(const uint8_t *)value, text, capacity, error);
}
static vtep_status format_route_flags(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_route_flags_format((const vtep_route *)value, text, capacity, error);
}
static vtep_status format_state(const void *value, char *text, uint32_t capacity, vtep_error *error) {
    return vtep_neighbour_state_format(*(const uint16_t *)value, text, capacity, error);
}

/* The value comes out as `expected`, in a buffer of each size from none to more than enough. */
static void expect_format(format_function format, const void *value, const char *expected) {
    uint32_t needed = (uint32_t)strlen(expected) + 1, capacity;
    for (capacity = 0; capacity <= needed + 1; capacity++) {
        char *text = (char *)malloc(capacity + 1);
        memset(text, 'x', capacity + 1);
        if (capacity >= needed) {
            OK(format(value, text, capacity, &err));
            TEXT(text, expected);
        } else {
            FAILS(VTEP_E_NOSPACE, "", format(value, text, capacity, &err));
            CHECK(capacity == 0 || text[0] == 0);
        }
        CHECK(text[capacity] == 'x');
        free(text);
        if (capacity > 0) { /* again without the byte past the end, for valgrind */
            text = (char *)malloc(capacity);
            EQUAL(format(value, text, capacity, NULL), capacity >= needed ? VTEP_OK : VTEP_E_NOSPACE);
            free(text);
        }
    }
}

static void addresses_round_trip(void) {
    static const char *const ips[][2] = {
        { "192.168.50.233", "192.168.50.233" },
        { "0.0.0.0", "0.0.0.0" },
        { "255.255.255.255", "255.255.255.255" },
        { "::", "::" },
        { "::1", "::1" },
        { "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
        { "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
        { "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
        { "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
        { "fe80::0042:0aff:fe11:0008", "fe80::42:aff:fe11:8" },
        { "::ffff:192.0.2.1", "::ffff:192.0.2.1" },
        { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
    };
    static const char *const prefixes[][2] = {
        { "10.16.0.2/24", "10.16.0.2/24" }, { "0.0.0.0/0", "0.0.0.0/0" }, { "10.0.0.1/32", "10.0.0.1/32" },
        { "10.0.0.1", "10.0.0.1/32" },      { "2001:db8::1/64", "2001:db8::1/64" }, { "::/0", "::/0" },
        { "2001:db8::1", "2001:db8::1/128" },
    };
    vtep_mac colons = mac("02:42:0a:11:00:08"), dashes = mac("02-42-0A-11-00-08");
    size_t i;
    for (i = 0; i < sizeof ips / sizeof *ips; i++) {
        vtep_ip value = ip(ips[i][0]);
        EQUAL(value.family, strchr(ips[i][0], ':') ? 6 : 4);
        expect_format(format_ip, &value, ips[i][1]);
    }
    for (i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        vtep_prefix value = prefix(prefixes[i][0]);
        expect_format(format_prefix, &value, prefixes[i][1]);
    }
    CHECK(same_mac(colons, dashes));
    CHECK(memcmp(colons.bytes, "\x02\x42\x0a\x11\x00\x08", 6) == 0);
    expect_format(format_mac, &colons, "02:42:0a:11:00:08");
}

static void bytes_are_in_network_order(void) {
    vtep_ip four, six;
    memset(&four, 0xFF, sizeof four);
    OK(vtep_ip_parse("192.168.50.233", &four, &err));
    CHECK(memcmp(four.bytes, "\xC0\xA8\x32\xE9\0\0\0\0\0\0\0\0\0\0\0\0", 16) == 0);
    OK(vtep_ip_parse("2001:db8::ff", &six, &err));
    CHECK(memcmp(six.bytes, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\xff", 16) == 0);
    memset(four.bytes + 4, 0xAA, 12); /* what an IPv4 address ignores */
    expect_format(format_ip, &four, "192.168.50.233");
}

static void malformed_text_is_refused(void) {
    static const char *const macs[] = { "", "02:42:0a:11:00", "02:42:0a:11:00:08:09", "02:42:0a:11:00:g8",
                                        "2:42:0a:11:00:08", " 02:42:0a:11:00:08", "02:42:0a:11:00:08 ",
                                        "02420a110008", "02:42:0a:11:00:0800" };
    static const char *const ips[] = { "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", " 1.2.3.4", "1.2.3.4 ",
                                       "1..2.3", "0x1.2.3.4", "fe80::1%eth0", "1:2:3:4:5:6:7", "1::2::3", ":::",
                                       "12345::", "1:2:3:4:5:6:7:8:9", "::1.2.3", "g::", "1.2.3.4/24",
                                       "\xff\xfe", "1:2:3:4:5:6:7::8:9" };
    static const char *const prefixes[] = { "", "/24", "10.0.0.1/", "10.0.0.1/33", "2001:db8::1/129", "10.0.0.1/024",
                                            "10.0.0.1/-1", "10.0.0.1/24 ", "10.0.0.1/24/24", "10.0.0.1/+24",
                                            "10.0.0.1/4294967296", "10.0.0.1/18446744073709551640" };
    vtep_mac mac_out;
    vtep_ip ip_out;
    vtep_prefix prefix_out;
    size_t i;
    for (i = 0; i < sizeof macs / sizeof *macs; i++) {
        memset(&mac_out, 0x55, sizeof mac_out);
        FAILS(VTEP_E_INVAL, "MAC", vtep_mac_parse(macs[i], &mac_out, &err));
        CHECK(mac_out.bytes[0] == 0x55 && mac_out.bytes[5] == 0x55);
    }
    for (i = 0; i < sizeof ips / sizeof *ips; i++) {
        memset(&ip_out, 0x55, sizeof ip_out);
        FAILS(VTEP_E_INVAL, "IP", vtep_ip_parse(ips[i], &ip_out, &err));
        CHECK(ip_out.family == 0x55 && ip_out.bytes[15] == 0x55);
    }
    for (i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        memset(&prefix_out, 0x55, sizeof prefix_out);
        FAILS(VTEP_E_INVAL, "IP prefix", vtep_prefix_parse(prefixes[i], &prefix_out, &err));
        CHECK(prefix_out.length == 0x55 && prefix_out.address.family == 0x55);
    }
    FAILS(VTEP_E_INVAL, "33", vtep_prefix_parse("10.0.0.1/33", &prefix_out, &err)); /* which part is wrong */
    FAILS(VTEP_E_INVAL, "256", vtep_ip_parse("256.1.1.1", &ip_out, &err));
}

/* 65 bytes without a NUL; valgrind sees a 66th that is read. */
static void text_without_an_end(void) {
    char *text = (char *)malloc(65);
    vtep_mac mac_out;
    vtep_ip ip_out;
    vtep_prefix prefix_out;
    memset(text, '1', 65);
    FAILS(VTEP_E_INVAL, "", vtep_mac_parse(text, &mac_out, &err));
    FAILS(VTEP_E_INVAL, "", vtep_ip_parse(text, &ip_out, &err));
    FAILS(VTEP_E_INVAL, "", vtep_prefix_parse(text, &prefix_out, &err));
    free(text);
}

static void values_that_are_none(void) {
    char text[64];
    vtep_ip address, out;
    vtep_prefix value;
    unsigned family;
    memset(&address, 0, sizeof address);
    for (family = 0; family < 256; family++) {
        if (family == 4 || family == 6) continue;
        address.family = (uint8_t)family;
        EQUAL(vtep_ip_format(&address, text, sizeof text, NULL), VTEP_E_INVAL);
    }
    FAILS(VTEP_E_INVAL, "family", vtep_ip_format(&address, text, sizeof text, &err));
    value = prefix("10.0.0.1/24");
    value.length = 33;
    memset(&out, 0x55, sizeof out);
    FAILS(VTEP_E_INVAL, "33", vtep_prefix_format(&value, text, sizeof text, &err));
    FAILS(VTEP_E_INVAL, "33", vtep_prefix_network(&value, &out, &err));
    FAILS(VTEP_E_INVAL, "33", vtep_prefix_netmask(&value, &out, &err));
    CHECK(out.family == 0x55);
    value = prefix("2001:db8::1/64");
    value.length = 129;
    FAILS(VTEP_E_INVAL, "129", vtep_prefix_format(&value, text, sizeof text, &err));
}

static void networks_and_masks(void) {
    static const char *const cases[][3] = {
        { "10.16.0.2/24", "10.16.0.0", "255.255.255.0" }, { "10.16.0.2/0", "0.0.0.0", "0.0.0.0" },
        { "10.16.0.2/32", "10.16.0.2", "255.255.255.255" }, { "10.255.0.2/9", "10.128.0.0", "255.128.0.0" },
        { "2001:db8:1:2:3::1/64", "2001:db8:1:2::", "ffff:ffff:ffff:ffff::" },
        { "2001:db8::ff/127", "2001:db8::fe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe" }, { "::1/0", "::", "::" },
    };
    size_t i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        vtep_prefix value = prefix(cases[i][0]);
        vtep_ip network, netmask;
        OK(vtep_prefix_network(&value, &network, &err));
        OK(vtep_prefix_netmask(&value, &netmask, &err));
        CHECK(same_ip(network, ip(cases[i][1])));
        CHECK(same_ip(netmask, ip(cases[i][2])));
    }
}

static void words(void) {
    uint8_t number;
    uint16_t state;
    uint32_t table;
    vtep_bridge_id id;
    vtep_route route = VTEP_ROUTE_INIT;
    id.priority = 0x8000;
    id.mac = mac("02:42:1e:76:cd:be");
    expect_format(format_bridge_id, &id, "8000.02421e76cdbe");
    number = VTEP_OPERSTATE_UP;
    expect_format(format_operstate, &number, "UP");
    number = VTEP_OPERSTATE_LOWERLAYERDOWN;
    expect_format(format_operstate, &number, "LOWERLAYERDOWN");
    number = VTEP_PORT_FORWARDING;
    expect_format(format_port_state, &number, "forwarding");
    number = VTEP_SCOPE_GLOBAL;
    expect_format(format_scope, &number, "global");
    number = VTEP_SCOPE_LINK;
    expect_format(format_scope, &number, "link");
    number = VTEP_ROUTE_BLACKHOLE;
    expect_format(format_route_type, &number, "blackhole");
    number = VTEP_ORIGIN_KERNEL;
    expect_format(format_origin, &number, "kernel");
    table = VTEP_TABLE_MAIN;
    expect_format(format_table, &table, "main");
    table = 4242;
    expect_format(format_table, &table, "4242");
    state = VTEP_NEIGHBOUR_PERMANENT;
    expect_format(format_state, &state, "permanent");
    state = VTEP_NEIGHBOUR_PERMANENT | VTEP_NEIGHBOUR_NOARP;
    expect_format(format_state, &state, "noarp,permanent");
    route.link_index = 1;
    route.destination = prefix("0.0.0.0/0");
    route.gateway = ip("10.0.0.1");
    expect_format(format_route_flags, &route, "UG");
    route.destination = prefix("10.0.0.9/32");
    expect_format(format_route_flags, &route, "UGH");
}

/* Every value has a word that fits where the header says it does. */
static void unknown_numbers_have_words(void) {
    char text[VTEP_WORD_TEXT_SIZE];
    uint32_t number;
    for (number = 0; number < 65536; number++) {
        int good = vtep_neighbour_state_format((uint16_t)number, text, sizeof text, NULL) == VTEP_OK;
        if (number < 256) {
            uint8_t small = (uint8_t)number;
            good = good && vtep_operstate_format(small, text, sizeof text, NULL) == VTEP_OK && text[0] != 0 &&
                   vtep_port_state_format(small, text, sizeof text, NULL) == VTEP_OK && text[0] != 0 &&
                   vtep_scope_format(small, text, sizeof text, NULL) == VTEP_OK && text[0] != 0 &&
                   vtep_table_format(~number, text, sizeof text, NULL) == VTEP_OK && text[0] != 0 &&
                   vtep_route_type_format(small, text, sizeof text, NULL) == VTEP_OK && text[0] != 0 &&
                   vtep_route_origin_format(small, text, sizeof text, NULL) == VTEP_OK && text[0] != 0;
        }
        if (!good) EQUAL(number, -1);
    }
}

static void version_and_statuses(void) {
    vtep_status status;
    EQUAL(vtep_version(), VTEP_VERSION);
    TEXT(vtep_status_text(VTEP_E_NOTFOUND), "not found");
    for (status = VTEP_E_PROTOCOL; status <= VTEP_OK; status++) {
        CHECK(strcmp(vtep_status_text(status), "unknown status") != 0);
        if (status < VTEP_OK) CHECK(strcmp(vtep_status_text(status), vtep_status_text(status + 1)) != 0);
    }
    TEXT(vtep_status_text(1), "unknown status");
    TEXT(vtep_status_text(VTEP_E_PROTOCOL - 1), "unknown status");
    TEXT(vtep_status_text(INT32_MIN), "unknown status");
}

int main(void) {
    addresses_round_trip();
    bytes_are_in_network_order();
    malformed_text_is_refused();
    text_without_an_end();
    values_that_are_none();
    networks_and_masks();
    words();
    unknown_numbers_have_words();
    version_and_statuses();
    return check_result();
}
