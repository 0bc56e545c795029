#include <stdio.h>

#include "tables.h"

struct flag_name {
    uint32_t flag;
    const char *name;
};

static const struct flag_name link_flags[] = {
    {VTEP_LINK_LOOPBACK, "LOOPBACK"},   {VTEP_LINK_BROADCAST, "BROADCAST"}, {VTEP_LINK_POINTOPOINT, "POINTOPOINT"},
    {VTEP_LINK_MULTICAST, "MULTICAST"}, {VTEP_LINK_NOARP, "NOARP"},         {VTEP_LINK_ALLMULTI, "ALLMULTI"},
    {VTEP_LINK_PROMISC, "PROMISC"},     {VTEP_LINK_UP, "UP"},               {VTEP_LINK_LOWER_UP, "LOWER_UP"},
    {VTEP_LINK_DORMANT, "DORMANT"},     {0, NULL},
};

/* An IPv6 address is tentative for a second or two, while the kernel looks for a duplicate on the segment. */
static const struct flag_name address_flags[] = {
    {VTEP_ADDRESS_SECONDARY, "secondary"},       {VTEP_ADDRESS_NODAD, "nodad"},
    {VTEP_ADDRESS_DADFAILED, "dadfailed"},       {VTEP_ADDRESS_DEPRECATED, "deprecated"},
    {VTEP_ADDRESS_TENTATIVE, "tentative"},       {VTEP_ADDRESS_MANAGETEMPADDR, "mngtmpaddr"},
    {VTEP_ADDRESS_NOPREFIXROUTE, "noprefixroute"}, {0, NULL},
};

/* Nothing can come in over the other end of a veth, or the link underneath, while it is set down. */
static int lower_is_down(const struct tables *tables, const vtep_link *link) {
    uint32_t i, count = vtep_link_list_count(tables->links);
    vtep_link lower = VTEP_LINK_INIT;

    if (link->lower_index == 0 || (link->has & VTEP_LINK_HAS_LOWER_NETNSID))
        return 0;
    for (i = 0; i < count; i++)
        if (vtep_link_list_get(tables->links, i, &lower, NULL) == VTEP_OK && lower.index == link->lower_index)
            return (lower.flags & VTEP_LINK_UP) == 0;
    return 0;
}

static void print_link_flags(const struct tables *tables, const vtep_link *link) {
    const char *separator = "";
    const struct flag_name *known;
    uint32_t flags = link->flags;

    if ((flags & VTEP_LINK_UP) != 0 && (flags & VTEP_LINK_RUNNING) == 0) {
        printf("NO-CARRIER");
        separator = ",";
    }
    for (known = link_flags; known->name != NULL; known++) {
        if ((flags & known->flag) == 0)
            continue;
        printf("%s%s", separator, known->name);
        separator = ",";
    }
    if (lower_is_down(tables, link))
        printf("%sM-DOWN", separator);
}

/* NAME@LOWER; the other end of a veth may be in another namespace, where its index says nothing about our links. */
static void print_name(const struct tables *tables, const vtep_link *link) {
    char lower[LINK_TEXT_SIZE];

    if (link->lower_index == 0)
        printf("%s", link->name);
    else if (link->has & VTEP_LINK_HAS_LOWER_NETNSID)
        printf("%s@if%lu", link->name, (unsigned long)link->lower_index);
    else
        printf("%s@%s", link->name, link_text(tables, link->lower_index, lower));
}

static void print_headline(const struct tables *tables, const vtep_link *link) {
    char master[LINK_TEXT_SIZE], state[VTEP_WORD_TEXT_SIZE] = "";

    printf("%lu: ", (unsigned long)link->index);
    print_name(tables, link);
    printf(": <");
    print_link_flags(tables, link);
    printf("> mtu %lu qdisc %s", (unsigned long)link->mtu, link->qdisc);
    if (link->master_index != 0)
        printf(" master %s", link_text(tables, link->master_index, master));
    vtep_operstate_format(link->operstate, state, sizeof(state), NULL);
    printf(" state %s group ", state);
    if (link->group == 0)
        printf("default");
    else
        printf("%lu", (unsigned long)link->group);
    if (link->tx_queue_length != 0)
        printf(" qlen %lu", (unsigned long)link->tx_queue_length);
    printf("\n");
}

static void print_hardware(const vtep_link *link) {
    char mac[VTEP_MAC_TEXT_SIZE] = "", broadcast[VTEP_MAC_TEXT_SIZE] = "";

    if (!(link->has & VTEP_LINK_HAS_MAC) || !(link->has & VTEP_LINK_HAS_BROADCAST))
        return;
    vtep_mac_format(&link->mac, mac, sizeof(mac), NULL);
    vtep_mac_format(&link->broadcast, broadcast, sizeof(broadcast), NULL);
    printf("    link/%s %s brd %s", link->flags & VTEP_LINK_LOOPBACK ? "loopback" : "ether", mac, broadcast);
    if (link->has & VTEP_LINK_HAS_LOWER_NETNSID)
        printf(" link-netnsid %ld", (long)link->lower_netnsid);
    printf("\n");
}

static void print_lifetime(const char *name, int is_set, uint32_t seconds, const char *end) {
    if (is_set)
        printf("%s %lusec%s", name, (unsigned long)seconds, end);
    else
        printf("%s forever%s", name, end);
}

static void print_prefix(const vtep_address *address) {
    char text[VTEP_PREFIX_TEXT_SIZE] = "";
    vtep_prefix peer;

    printf("    %s ", address->prefix.address.family == 4 ? "inet" : "inet6");
    if (address->peer.family == 0) {
        vtep_prefix_format(&address->prefix, text, sizeof(text), NULL);
        printf("%s", text);
        return;
    }
    peer.address = address->peer;
    peer.length = address->prefix.length;
    vtep_ip_format(&address->prefix.address, text, sizeof(text), NULL);
    printf("%s peer ", text);
    vtep_prefix_format(&peer, text, sizeof(text), NULL);
    printf("%s", text);
}

static void print_address(const vtep_address *address) {
    char text[VTEP_IP_TEXT_SIZE] = "", scope[VTEP_WORD_TEXT_SIZE] = "";
    const struct flag_name *known;

    print_prefix(address);
    if (vtep_ip_format(&address->broadcast, text, sizeof(text), NULL) == VTEP_OK)
        printf(" brd %s", text);
    vtep_scope_format(address->scope, scope, sizeof(scope), NULL);
    printf(" scope %s", scope);
    for (known = address_flags; known->name != NULL; known++)
        if (address->flags & known->flag)
            printf(" %s", known->name);
    if (!(address->flags & VTEP_ADDRESS_PERMANENT))
        printf(" dynamic");
    /* Only IPv4 has labels; `ip` leaves the blank in front of a missing one. */
    printf(" %s\n", address->label);
    print_lifetime("       valid_lft", address->has & VTEP_ADDRESS_HAS_VALID_LIFETIME, address->valid_lifetime, " ");
    print_lifetime("preferred_lft", address->has & VTEP_ADDRESS_HAS_PREFERRED_LIFETIME, address->preferred_lifetime,
                   "\n");
}

void print_addresses(const struct tables *tables, const vtep_link *link) {
    vtep_address address = VTEP_ADDRESS_INIT;
    uint32_t i, count = vtep_address_list_count(tables->addresses);
    int family;

    print_headline(tables, link);
    print_hardware(link);
    /* `ip` lists IPv4 before IPv6. */
    for (family = 4; family <= 6; family += 2)
        for (i = 0; i < count; i++)
            if (vtep_address_list_get(tables->addresses, i, &address, NULL) == VTEP_OK &&
                address.link_index == link->index && address.prefix.address.family == family)
                print_address(&address);
}

void print_links(const struct tables *tables) {
    uint32_t i, count = vtep_link_list_count(tables->links);
    vtep_link link = VTEP_LINK_INIT;

    for (i = 0; i < count; i++)
        if (vtep_link_list_get(tables->links, i, &link, NULL) == VTEP_OK)
            print_addresses(tables, &link);
}
