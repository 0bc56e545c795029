/* Rules, compared with `ip rule` in both directions. */
#include "network.h"

static vtep_rule find(vtep_host *host, uint8_t family, uint32_t priority) {
    vtep_rule_list *list = NULL;
    vtep_rule rule = VTEP_RULE_INIT, copy = VTEP_RULE_INIT, found = VTEP_RULE_INIT;
    uint32_t i, matches = 0;
    OK(vtep_host_rules(host, family, &list, &err));
    for (i = 0; i < vtep_rule_list_count(list); i++) {
        OK(vtep_rule_list_get(list, i, &rule, &err));
        OK(vtep_rule_list_copy(list, i, 1, &copy, &err));
        CHECK(memcmp(&rule, &copy, sizeof rule) == 0);
        EQUAL(rule.family, family);
        if (rule.priority != priority) continue;
        found = rule;
        matches++;
    }
    FAILS(VTEP_E_NOTFOUND, "", vtep_rule_list_get(list, i, &rule, &err));
    EQUAL(matches, 1);
    vtep_rule_list_free(list);
    return found;
}

static void everything(vtep_host *host) {
    vtep_rule rule = VTEP_RULE_INIT, read, again;
    const char *said;
    rule.family = 4;
    rule.has = VTEP_RULE_HAS_PRIORITY | VTEP_RULE_HAS_MARK | VTEP_RULE_HAS_MARK_MASK | VTEP_RULE_HAS_PROTOCOL |
               VTEP_RULE_HAS_SOURCE_PORTS | VTEP_RULE_HAS_DESTINATION_PORTS | VTEP_RULE_HAS_USERS |
               VTEP_RULE_HAS_TUNNEL_ID | VTEP_RULE_HAS_SUPPRESS_PREFIX_LENGTH | VTEP_RULE_HAS_SUPPRESS_GROUP;
    rule.priority = 100;
    rule.table = 1000;
    rule.source = prefix("10.0.0.0/8");
    rule.destination = prefix("11.0.0.0/8");
    strcpy(rule.input_link, "a0");
    strcpy(rule.output_link, "nowhere");
    rule.mark = 7;
    rule.mark_mask = 15;
    rule.tos = 0x10;
    rule.protocol = 17;
    rule.source_port_first = 100;
    rule.source_port_last = 200;
    rule.destination_port_first = rule.destination_port_last = 4789;
    rule.user_first = rule.user_last = 0; /* all that there is in a user namespace */
    rule.tunnel_id = 120;
    rule.suppress_prefix_length = 0;
    rule.suppress_group = 3;
    rule.invert = 1;
    rule.origin = VTEP_ORIGIN_STATIC;
    OK(vtep_host_rule_add(host, &rule, &err));
    read = find(host, 4, 100);
    EQUAL(read.has, rule.has | VTEP_RULE_HAS_ACTION);
    EQUAL(read.action, VTEP_RULE_LOOKUP);
    EQUAL(read.table, 1000);
    EQUAL(read.status, VTEP_RULE_OUTPUT_LINK_MISSING);
    EQUAL(read.mark_mask, 15);
    EQUAL(read.destination_port_last, 4789);
    EQUAL(read.tunnel_id, 120);
    EQUAL(read.suppress_group, 3);
    EQUAL(read.origin, VTEP_ORIGIN_STATIC);
    CHECK(same_prefix(read.source, rule.source) && same_prefix(read.destination, rule.destination));
    TEXT(read.input_link, "a0");
    said = output_of("ip rule show priority 100");
    SHOWS(said, "not from 10.0.0.0/8 to 11.0.0.0/8 tos 0x10 fwmark 0x7/0xf iif a0 oif nowhere [detached]");
    SHOWS(said, "ipproto udp sport 100-200 dport 4789");
    SHOWS(said, "lookup 1000 suppress_prefixlength 0 suppress_ifgroup 3");
    FAILS(VTEP_E_EXISTS, "there is one like it", vtep_host_rule_add(host, &rule, &err));
    OK(vtep_host_rule_delete(host, &read, &err)); /* what was read, back */
    FAILS(VTEP_E_NOTFOUND, "100", vtep_host_rule_delete(host, &read, &err));
    OK(vtep_host_rule_add(host, &read, &err));
    again = find(host, 4, 100);
    CHECK(memcmp(&read, &again, sizeof read) == 0);
    OK(vtep_host_rule_delete(host, &read, &err));
}

static void others(vtep_host *host) {
    vtep_rule rules[2] = { VTEP_RULE_INIT, VTEP_RULE_INIT }, read;
    vtep_failure_list *failures = NULL;
    vtep_change changes[2];
    rules[0].family = 6;
    rules[0].has = VTEP_RULE_HAS_PRIORITY | VTEP_RULE_HAS_ACTION | VTEP_RULE_HAS_TARGET;
    rules[0].priority = 200;
    rules[0].action = VTEP_RULE_GOTO;
    rules[0].target = 300;
    rules[1].family = 6;
    rules[1].has = VTEP_RULE_HAS_PRIORITY | VTEP_RULE_HAS_ACTION;
    rules[1].priority = 300;
    rules[1].action = VTEP_RULE_PROHIBIT;
    changes[0] = change_of(VTEP_CHANGE_ADD, VTEP_OBJECT_RULE, &rules[0]);
    changes[1] = change_of(VTEP_CHANGE_ADD, VTEP_OBJECT_RULE, &rules[1]);
    OK(vtep_host_apply(host, changes, 2, &failures, &err));
    SHOWS(output_of("ip -6 rule"), "goto 300");
    read = find(host, 6, 200);
    EQUAL(read.target, 300);
    EQUAL(read.status, 0);
    changes[1].change = VTEP_CHANGE_DELETE;
    OK(vtep_host_apply(host, &changes[1], 1, NULL, &err));
    EQUAL(find(host, 6, 200).status, VTEP_RULE_UNRESOLVED);
    changes[1].change = VTEP_CHANGE_ADD;
    FAILS(VTEP_E_EXISTS, "this one at 0", vtep_host_apply(host, changes, 2, &failures, &err));
    EQUAL(vtep_failure_list_count(failures), 1);
    vtep_failure_list_free(failures);
}

/* Fields of later kernels: either they come back, or the error says which kernel knows them. */
static void of_new_kernels(vtep_host *host) {
    vtep_rule rule = VTEP_RULE_INIT;
    rule.family = 4;
    rule.table = 7;
    rule.has = VTEP_RULE_HAS_PRIORITY | VTEP_RULE_HAS_DSCP;
    rule.priority = 400;
    rule.dscp = 46;
    if (vtep_host_rule_add(host, &rule, &err) == VTEP_OK)
        EQUAL(find(host, 4, 400).dscp, 46);
    else
        SHOWS(err.message, "6.13");
    rule.has |= VTEP_RULE_HAS_DSCP_MASK | VTEP_RULE_HAS_SOURCE_PORTS | VTEP_RULE_HAS_SOURCE_PORT_MASK;
    rule.priority = 401;
    rule.dscp = 32;
    rule.dscp_mask = 56;
    rule.source_port_first = rule.source_port_last = 0x1200;
    rule.source_port_mask = 0xFF00;
    if (vtep_host_rule_add(host, &rule, &err) == VTEP_OK)
        EQUAL(find(host, 4, 401).source_port_mask, 0xFF00);
    else
        SHOWS(err.message, "6.15");
    rule.family = 6;
    rule.priority = 402;
    rule.has = VTEP_RULE_HAS_PRIORITY | VTEP_RULE_HAS_FLOW_LABEL | VTEP_RULE_HAS_FLOW_LABEL_MASK;
    rule.flow_label = 0xABC00;
    rule.flow_label_mask = 0xFFF00;
    if (vtep_host_rule_add(host, &rule, &err) == VTEP_OK)
        EQUAL(find(host, 6, 402).flow_label_mask, 0xFFF00);
    else
        SHOWS(err.message, "6.14");
}

static void refused(vtep_host *host) {
    vtep_rule good = VTEP_RULE_INIT, bad;
    vtep_rule_list *list = NULL;
    good.family = 4;
    good.table = 7;
#define REFUSES(words, statement) \
    bad = good; \
    statement; \
    FAILS(VTEP_E_INVAL, words, vtep_host_rule_add(host, &bad, &err))
    REFUSES("family", bad.family = 0);
    REFUSES("family is 5", bad.family = 5);
    REFUSES("other family", bad.source = prefix("fd00::/8"));
    REFUSES("l3mdev", bad.l3mdev = 2);
    REFUSES("leave out one", bad.l3mdev = 1);
    REFUSES("invert", bad.invert = 3);
    REFUSES("set the target", (bad.has = VTEP_RULE_HAS_ACTION, bad.action = VTEP_RULE_GOTO));
    REFUSES("does not go there", (bad.has = VTEP_RULE_HAS_TARGET, bad.target = 9));
    REFUSES("six bits", (bad.has = VTEP_RULE_HAS_DSCP, bad.dscp = 64));
    REFUSES("flow label", (bad.has = VTEP_RULE_HAS_FLOW_LABEL, bad.flow_label = 1));
    REFUSES("down to", (bad.has = VTEP_RULE_HAS_USERS, bad.user_first = 1));
    REFUSES("1...65534", (bad.has = VTEP_RULE_HAS_SOURCE_PORTS, bad.source_port_last = 9));
    REFUSES("single port", (bad.has = VTEP_RULE_HAS_SOURCE_PORTS | VTEP_RULE_HAS_SOURCE_PORT_MASK,
                            bad.source_port_first = 1, bad.source_port_last = 2));
    REFUSES("no NUL", memset(bad.input_link, 'x', sizeof bad.input_link));
    REFUSES("UTF-8", bad.input_link[0] = (char)0xFF);
    FAILS(VTEP_E_INVAL, "family is 7", vtep_host_rules(host, 7, &list, &err));
    CHECK(list == NULL);
}

int main(void) {
    vtep_host *host = open_host();
    make_veth(host, "a0", "a1");
    everything(host);
    others(host);
    of_new_kernels(host);
    refused(host);
    vtep_host_close(host);
    return check_result();
}
