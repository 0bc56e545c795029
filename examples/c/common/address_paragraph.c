#include <stdio.h>

#include "tables.h"

static void print_flags(uint32_t flags) {
    static const struct {
        uint32_t flag;
        const char *name;
    } names[] = {
        {VTEP_LINK_BROADCAST, "BROADCAST"}, {VTEP_LINK_MULTICAST, "MULTICAST"}, {VTEP_LINK_NOARP, "NOARP"},
        {VTEP_LINK_ALLMULTI, "ALLMULTI"},   {VTEP_LINK_PROMISC, "PROMISC"},     {VTEP_LINK_UP, "UP"},
        {VTEP_LINK_LOWER_UP, "LOWER_UP"},
    };
    const char *separator = "";
    size_t i;

    if ((flags & VTEP_LINK_UP) != 0 && (flags & VTEP_LINK_RUNNING) == 0) {
        printf("NO-CARRIER");
        separator = ",";
    }
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if ((flags & names[i].flag) == 0)
            continue;
        printf("%s%s", separator, names[i].name);
        separator = ",";
    }
}

static void print_headline(const struct tables *tables, const vtep_link *link) {
    char master[LINK_TEXT_SIZE], state[VTEP_WORD_TEXT_SIZE] = "";

    printf("%lu: %s: <", (unsigned long)link->index, link->name);
    print_flags(link->flags);
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

static void print_lifetime(const char *name, int is_set, uint32_t seconds, const char *end) {
    if (is_set)
        printf("%s %lusec%s", name, (unsigned long)seconds, end);
    else
        printf("%s forever%s", name, end);
}

static void print_address(const vtep_address *address) {
    char text[VTEP_PREFIX_TEXT_SIZE] = "", scope[VTEP_WORD_TEXT_SIZE] = "";

    vtep_prefix_format(&address->prefix, text, sizeof(text), NULL);
    printf("    %s %s", address->prefix.address.family == 4 ? "inet" : "inet6", text);
    if (vtep_ip_format(&address->broadcast, text, sizeof(text), NULL) == VTEP_OK)
        printf(" brd %s", text);
    vtep_scope_format(address->scope, scope, sizeof(scope), NULL);
    printf(" scope %s", scope);
    /* An IPv6 address is tentative for a second or two, while the kernel looks for a duplicate on the segment. */
    if (address->flags & VTEP_ADDRESS_TENTATIVE)
        printf(" tentative");
    if (!(address->flags & VTEP_ADDRESS_PERMANENT))
        printf(" dynamic");
    /* Only IPv4 has labels; `ip` leaves the blank in front of a missing one. */
    printf(" %s\n", address->label);
    print_lifetime("       valid_lft", address->has & VTEP_ADDRESS_HAS_VALID_LIFETIME, address->valid_lifetime, " ");
    print_lifetime("preferred_lft", address->has & VTEP_ADDRESS_HAS_PREFERRED_LIFETIME, address->preferred_lifetime,
                   "\n");
}

void print_addresses(const struct tables *tables, const vtep_link *link) {
    char mac[VTEP_MAC_TEXT_SIZE] = "", broadcast[VTEP_MAC_TEXT_SIZE] = "";
    vtep_address address = VTEP_ADDRESS_INIT;
    uint32_t i, count = vtep_address_list_count(tables->addresses);
    int family;

    print_headline(tables, link);
    if ((link->has & VTEP_LINK_HAS_MAC) && (link->has & VTEP_LINK_HAS_BROADCAST)) {
        vtep_mac_format(&link->mac, mac, sizeof(mac), NULL);
        vtep_mac_format(&link->broadcast, broadcast, sizeof(broadcast), NULL);
        printf("    link/ether %s brd %s\n", mac, broadcast);
    }
    /* `ip` lists IPv4 before IPv6. */
    for (family = 4; family <= 6; family += 2)
        for (i = 0; i < count; i++)
            if (vtep_address_list_get(tables->addresses, i, &address, NULL) == VTEP_OK &&
                address.link_index == link->index && address.prefix.address.family == family)
                print_address(&address);
}
