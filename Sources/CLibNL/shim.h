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

// What Debian 12's headers (Linux 6.1) do not know yet of <linux/if_link.h>, up to Linux 6.18.
enum {
    VTEP_IFLA_VXLAN_LOCALBYPASS = 31,
    VTEP_IFLA_VXLAN_LABEL_POLICY = 32,
    VTEP_IFLA_VXLAN_RESERVED_BITS = 33,
    VTEP_IFLA_VXLAN_MC_ROUTE = 34
};

// Debian 12's libc headers lack the option's number where _GNU_SOURCE is off.
enum { VTEP_SOL_NETLINK = 270 };

#endif
