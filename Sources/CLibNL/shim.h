// libnl and the kernel's rtnetlink headers, as one module for VTEPNetlink.
#ifndef VTEP_CLIBNL_SHIM_H
#define VTEP_CLIBNL_SHIM_H

#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/route.h>
#include <netlink/route/rtnl.h>
#include <netlink/socket.h>

#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

// What Debian 12's <linux/if_link.h> (Linux 6.1) does not know yet, up to Linux 6.18.
enum {
    VTEP_IFLA_VXLAN_LOCALBYPASS = 31,
    VTEP_IFLA_VXLAN_LABEL_POLICY = 32,
    VTEP_IFLA_VXLAN_RESERVED_BITS = 33,
    VTEP_IFLA_VXLAN_MC_ROUTE = 34,
    VTEP_IFLA_BR_FDB_N_LEARNED = 48,
    VTEP_IFLA_BR_FDB_MAX_LEARNED = 49,
    VTEP_IFLA_BRPORT_MAB = 40,
    VTEP_IFLA_BRPORT_MCAST_N_GROUPS = 41,
    VTEP_IFLA_BRPORT_MCAST_MAX_GROUPS = 42,
    VTEP_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS = 43,
    VTEP_IFLA_BRPORT_BACKUP_NHID = 44,
    VTEP_BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS = 8,
    VTEP_BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS = 9,
    // enum br_boolopt_id of <linux/if_bridge.h>
    VTEP_BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION = 3,
    VTEP_BR_BOOLOPT_FDB_LOCAL_VLAN_0 = 4
};

// Debian 12's libc headers lack the option's number where _GNU_SOURCE is off.
enum { VTEP_SOL_NETLINK = 270 };

#endif
