/* Addresses on links, IPv4 and IPv6, compared with `ip addr` in both directions. */
#include "network.h"

static uint32_t count_of(vtep_host *host, const char *name) {
    vtep_address_list *list = NULL;
    uint32_t count;
    OK(vtep_host_addresses(host, name, &list, &err));
    count = vtep_address_list_count(list);
    vtep_address_list_free(list);
    return count;
}

/* The one address of a link that equals the text. */
static vtep_address find(vtep_host *host, const char *name, const char *text) {
    vtep_address_list *list = NULL;
    vtep_address address = VTEP_ADDRESS_INIT, found = VTEP_ADDRESS_INIT;
    uint32_t i, matches = 0;
    OK(vtep_host_addresses(host, name, &list, &err));
    for (i = 0; i < vtep_address_list_count(list); i++) {
        OK(vtep_address_list_get(list, i, &address, &err));
        if (!same_prefix(address.prefix, prefix(text))) continue;
        found = address;
        matches++;
    }
    EQUAL(matches, 1);
    vtep_address_list_free(list);
    return found;
}

static void adding(vtep_host *host) {
    vtep_prefix four = prefix("10.16.0.2/24"), six = prefix("2001:db8::2/64");
    vtep_ip broadcast = ip("10.16.0.255"), none = { 0, { 0 } };
    vtep_address address;
    OK(vtep_host_address_add(host, "d0", &four, &broadcast, &err));
    address = find(host, "d0", "10.16.0.2/24");
    EQUAL(address.link_index, index_of(host, "d0"));
    EQUAL(address.scope, VTEP_SCOPE_GLOBAL);
    EQUAL(address.flags, VTEP_ADDRESS_PERMANENT);
    EQUAL(address.has, VTEP_ADDRESS_HAS_SCOPE | VTEP_ADDRESS_HAS_STAMPS); /* lives for ever */
    CHECK(same_ip(address.broadcast, broadcast));
    EQUAL(address.peer.family, 0);
    TEXT(address.label, "d0");
    SHOWS(output_of("ip -j addr show dev d0"),
          "\"local\":\"10.16.0.2\",\"prefixlen\":24,\"broadcast\":\"10.16.0.255\",\"scope\":\"global\"");
    OK(vtep_host_address_add(host, "d0", &six, &none, &err));
    address = find(host, "d0", "2001:db8::2/64");
    EQUAL(address.scope, VTEP_SCOPE_GLOBAL);
    TEXT(address.label, "");
    EQUAL(address.broadcast.family, 0);
    SHOWS(output_of("ip -j addr show dev d0"), "\"local\":\"2001:db8::2\",\"prefixlen\":64");
    FAILS(VTEP_E_EXISTS, "10.16.0.2/24", vtep_host_address_add(host, "d0", &four, NULL, &err));
    FAILS(VTEP_E_EXISTS, "2001:db8::2/64", vtep_host_address_add(host, "d0", &six, NULL, &err));
    add_address(host, "d0", "10.16.0.3/24");
    address = find(host, "d0", "10.16.0.3/24");
    CHECK(address.flags & VTEP_ADDRESS_SECONDARY);
    EQUAL(address.broadcast.family, 0);
    OK(vtep_host_address_delete(host, "d0", &six, &err));
    FAILS(VTEP_E_NOTFOUND, "2001:db8::2/64", vtep_host_address_delete(host, "d0", &six, &err));
    OK(vtep_host_address_delete(host, "d0", &four, &err)); /* takes the secondary ones along */
    EQUAL(count_of(host, "d0"), 1);                        /* fe80:: */
}

static void read_of_theirs(vtep_host *host) {
    vtep_address address;
    CHECK(system("ip addr add 10.8.0.1 peer 10.8.0.9/32 dev d0 label d0:x scope link valid_lft 500 preferred_lft 400 "
                 "&& ip addr add 2001:db8:5::1/80 dev d0 noprefixroute nodad") == 0);
    address = find(host, "d0", "10.8.0.1/32");
    CHECK(same_ip(address.peer, ip("10.8.0.9")));
    EQUAL(address.scope, VTEP_SCOPE_LINK);
    TEXT(address.label, "d0:x");
    EQUAL(address.has, VTEP_ADDRESS_HAS_VALID_LIFETIME | VTEP_ADDRESS_HAS_PREFERRED_LIFETIME |
                           VTEP_ADDRESS_HAS_SCOPE | VTEP_ADDRESS_HAS_STAMPS);
    CHECK(address.valid_lifetime > 480 && address.valid_lifetime <= 500);
    CHECK(address.preferred_lifetime > 380 && address.preferred_lifetime <= 400);
    address = find(host, "d0", "2001:db8:5::1/80");
    CHECK(address.flags & VTEP_ADDRESS_NODAD);
    CHECK(address.flags & VTEP_ADDRESS_NOPREFIXROUTE);
    CHECK(system("ip addr flush dev d0") == 0);
    EQUAL(count_of(host, "d0"), 0);
}

/* With all that belongs to it; and what was read, back. */
static void in_full(vtep_host *host) {
    vtep_address made = VTEP_ADDRESS_INIT, read, again, two[2];
    vtep_change changes[2];
    vtep_failure_list *failures = NULL;
    uint32_t deleted = 0;
    made.link_index = index_of(host, "d0");
    made.prefix = prefix("10.8.0.1/24");
    made.peer = ip("10.9.0.9");
    made.flags = VTEP_ADDRESS_NOPREFIXROUTE | VTEP_ADDRESS_SECONDARY; /* the second is not to be asked for */
    made.has = VTEP_ADDRESS_HAS_VALID_LIFETIME | VTEP_ADDRESS_HAS_PREFERRED_LIFETIME | VTEP_ADDRESS_HAS_METRIC |
               VTEP_ADDRESS_HAS_SCOPE | VTEP_ADDRESS_HAS_ORIGIN;
    made.valid_lifetime = 5000;
    made.preferred_lifetime = 4000;
    made.metric = 77;
    made.scope = VTEP_SCOPE_LINK;
    made.origin = 186;
    strcpy(made.label, "d0:y");
    OK(vtep_host_address_put(host, &made, 0, &err));
    read = find(host, "d0", "10.8.0.1/24");
    CHECK(same_ip(read.peer, made.peer));
    EQUAL(read.flags, VTEP_ADDRESS_NOPREFIXROUTE);
    EQUAL(read.metric, 77);
    EQUAL(read.origin, 186);
    EQUAL(read.has, made.has | VTEP_ADDRESS_HAS_STAMPS);
    CHECK(read.created > 0 && read.updated >= read.created);
    SHOWS(output_of("ip addr show dev d0"), "10.8.0.1 peer 10.9.0.9/24 metric 77 scope link");
    FAILS(VTEP_E_EXISTS, "10.8.0.1/24", vtep_host_address_put(host, &made, 0, &err));
    made.valid_lifetime = 9000;
    OK(vtep_host_address_put(host, &made, 1, &err));
    CHECK(find(host, "d0", "10.8.0.1/24").valid_lifetime > 5000);
    changes[0] = change_of(VTEP_CHANGE_DELETE, VTEP_OBJECT_ADDRESS, &read);
    OK(vtep_host_apply(host, changes, 1, &failures, &err));
    CHECK(failures == NULL);
    OK(vtep_host_address_put(host, &read, 0, &err));
    again = find(host, "d0", "10.8.0.1/24");
    again.created = read.created;
    again.updated = read.updated;
    again.valid_lifetime = read.valid_lifetime; /* they count down */
    again.preferred_lifetime = read.preferred_lifetime;
    CHECK(memcmp(&again, &read, sizeof read) == 0);
    two[0] = two[1] = read;
    two[1].prefix = prefix("2001:db8:9::1/64");
    two[1].peer.family = 0;
    two[1].label[0] = 0;
    two[1].flags = VTEP_ADDRESS_NODAD;
    changes[0] = change_of(VTEP_CHANGE_ADD, VTEP_OBJECT_ADDRESS, &two[0]);
    changes[1] = change_of(VTEP_CHANGE_ADD, VTEP_OBJECT_ADDRESS, &two[1]);
    FAILS(VTEP_E_EXISTS, "this one at 0", vtep_host_apply(host, changes, 2, &failures, &err));
    EQUAL(vtep_failure_list_count(failures), 1);
    vtep_failure_list_free(failures);
    CHECK(find(host, "d0", "2001:db8:9::1/64").flags & VTEP_ADDRESS_NODAD);
    OK(vtep_host_address_flush(host, "d0", 4, &deleted, &err));
    EQUAL(deleted, 1);
    OK(vtep_host_address_flush(host, "d0", 0, NULL, &err));
    EQUAL(count_of(host, "d0"), 0);
    FAILS(VTEP_E_INVAL, "5", vtep_host_address_flush(host, "d0", 5, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_address_flush(host, "nope", 0, NULL, &err));
    made.preferred_lifetime = 9001;
    FAILS(VTEP_E_INVAL, "9001", vtep_host_address_put(host, &made, 0, &err));
    made.preferred_lifetime = 1;
    made.peer = ip("2001:db8::1");
    FAILS(VTEP_E_INVAL, "other family", vtep_host_address_put(host, &made, 0, &err));
    made.peer.family = 0;
    made.prefix = prefix("229.1.1.1/32");
    FAILS(VTEP_E_INVAL, "autoJoin", vtep_host_address_put(host, &made, 0, &err));
    memset(made.label, 'x', sizeof made.label);
    FAILS(VTEP_E_INVAL, "NUL", vtep_host_address_put(host, &made, 0, &err));
    FAILS(VTEP_E_INVAL, "replace", vtep_host_address_put(host, &read, 2, &err));
}

static void all_links(vtep_host *host) {
    OK(vtep_host_link_set_up(host, "lo", 1, &err));
    add_address(host, "d0", "10.1.0.1/24");
    add_address(host, "d1", "10.2.0.1/24");
    EQUAL(count_of(host, NULL), count_of(host, "lo") + count_of(host, "d0") + count_of(host, "d1"));
    EQUAL(find(host, "lo", "127.0.0.1/8").scope, VTEP_SCOPE_HOST);
    find(host, NULL, "10.2.0.1/24");
}

static void refused(vtep_host *host) {
    static const char *const bad[] = { "224.0.0.1/4", "0.0.0.0/0", "ff02::1/64", "::/64" };
    vtep_prefix value = prefix("10.16.0.2/24"), six = prefix("2001:db8::7/64");
    vtep_ip broadcast = ip("10.16.0.255"), broadcast6 = ip("2001:db8::ff");
    vtep_address_list *list;
    vtep_address address = VTEP_ADDRESS_INIT;
    uint32_t before = count_of(host, NULL), i;
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        vtep_prefix none = prefix(bad[i]);
        FAILS(VTEP_E_INVAL, "address", vtep_host_address_add(host, "d0", &none, NULL, &err));
    }
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_address_add(host, "nope", &value, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_address_delete(host, "nope", &value, &err));
    FAILS(VTEP_E_NOTFOUND, "10.16.0.2/24", vtep_host_address_delete(host, "d0", &value, &err));
    FAILS(VTEP_E_INVAL, "broadcast", vtep_host_address_add(host, "d0", &six, &broadcast, &err));
    FAILS(VTEP_E_INVAL, "broadcast", vtep_host_address_add(host, "d0", &value, &broadcast6, &err));
    value.length = 33;
    FAILS(VTEP_E_INVAL, "33", vtep_host_address_add(host, "d0", &value, NULL, &err));
    FAILS(VTEP_E_INVAL, "33", vtep_host_address_delete(host, "d0", &value, &err));
    value.length = 24;
    value.address.family = 5;
    FAILS(VTEP_E_INVAL, "family", vtep_host_address_add(host, "d0", &value, NULL, &err));
    value.address.family = 0;
    FAILS(VTEP_E_INVAL, "family", vtep_host_address_add(host, "d0", &value, NULL, &err));
    FAILS(VTEP_E_NOTFOUND, "nope", vtep_host_addresses(host, "nope", &list, &err));
    CHECK(list == NULL);
    OK(vtep_host_addresses(host, NULL, &list, &err));
    FAILS(VTEP_E_NOTFOUND, "", vtep_address_list_get(list, vtep_address_list_count(list), &address, &err));
    vtep_address_list_free(list);
    EQUAL(count_of(host, NULL), before);
}

int main(void) {
    vtep_host *host = open_host();
    make_veth(host, "d0", "d1");
    adding(host);
    read_of_theirs(host);
    in_full(host);
    all_links(host);
    refused(host);
    vtep_host_close(host);
    return check_result();
}
