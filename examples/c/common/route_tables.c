#include <stdio.h>

#include "tables.h"

/* With several next hops `route` shows the first. */
static const vtep_ip *gateway_of(const vtep_route *route) {
    return route->next_hop_count > 0 ? &route->next_hops[0].gateway : &route->gateway;
}

static uint32_t link_of(const vtep_route *route) {
    return route->next_hop_count > 0 ? route->next_hops[0].link_index : route->link_index;
}

static void print_row(const struct tables *tables, const vtep_route *route) {
    char destination[VTEP_IP_TEXT_SIZE] = "", netmask[VTEP_IP_TEXT_SIZE] = "", gateway[VTEP_IP_TEXT_SIZE] = "";
    char flags[VTEP_WORD_TEXT_SIZE] = "", link[LINK_TEXT_SIZE] = "*";
    vtep_ip address;

    if (vtep_prefix_network(&route->destination, &address, NULL) == VTEP_OK)
        vtep_ip_format(&address, destination, sizeof(destination), NULL);
    if (vtep_prefix_netmask(&route->destination, &address, NULL) == VTEP_OK)
        vtep_ip_format(&address, netmask, sizeof(netmask), NULL);
    if (vtep_ip_format(gateway_of(route), gateway, sizeof(gateway), NULL) != VTEP_OK)
        snprintf(gateway, sizeof(gateway), "0.0.0.0");
    vtep_route_flags_format(route, flags, sizeof(flags), NULL);
    if (link_of(route) != 0)
        link_text(tables, link_of(route), link);
    /* References and uses: nobody counts them since the kernel has no route cache. */
    if (flags[0] == '!')
        printf("%-15s %-15s %-15s %-5s %-6lu %s %s\n", destination, "-", netmask, flags, (unsigned long)route->metric,
               "-        0", "-");
    else
        printf("%-15s %-15s %-15s %-5s %-6lu %s %s\n", destination, gateway, netmask, flags,
               (unsigned long)route->metric, "0        0", link);
}

void print_routes(const struct tables *tables) {
    uint32_t i, count = vtep_route_list_count(tables->routes);
    vtep_route route = VTEP_ROUTE_INIT;

    printf("Kernel IP routing table\n");
    printf("Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n");
    for (i = 0; i < count; i++)
        if (vtep_route_list_get(tables->routes, i, &route, NULL) == VTEP_OK &&
            route.destination.address.family == 4 && route.type != VTEP_ROUTE_BROADCAST)
            print_row(tables, &route);
}

static void print_hop(const struct tables *tables, const vtep_ip *gateway, uint32_t link_index) {
    char text[VTEP_IP_TEXT_SIZE], link[LINK_TEXT_SIZE];

    if (vtep_ip_format(gateway, text, sizeof(text), NULL) == VTEP_OK)
        printf(" via %s", text);
    if (link_index != 0)
        printf(" dev %s", link_text(tables, link_index, link));
}

void print_route_line(const struct tables *tables, const vtep_route *route) {
    char text[VTEP_PREFIX_TEXT_SIZE] = "", origin[VTEP_WORD_TEXT_SIZE] = "";
    uint32_t i;

    vtep_prefix_format(&route->destination, text, sizeof(text), NULL);
    printf("%s", route->destination.length == 0 ? "default" : text);
    print_hop(tables, &route->gateway, route->link_index);
    for (i = 0; i < route->next_hop_count; i++)
        print_hop(tables, &route->next_hops[i].gateway, route->next_hops[i].link_index);
    vtep_route_origin_format(route->origin, origin, sizeof(origin), NULL);
    printf(" proto %s metric %lu\n", origin, (unsigned long)route->metric);
}

void print_routes6(const struct tables *tables) {
    uint32_t i, count = vtep_route_list_count(tables->routes);
    vtep_route route = VTEP_ROUTE_INIT;

    for (i = 0; i < count; i++)
        if (vtep_route_list_get(tables->routes, i, &route, NULL) == VTEP_OK && route.destination.address.family == 6)
            print_route_line(tables, &route);
}
