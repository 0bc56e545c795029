import TestNetwork
import VTEP

/// Open vSwitch's userspace datapath. Its daemons run in a process namespace of their own, which ends with this object or
/// with the tests, however these end, and their files lie in a file system that goes with it. Nothing of the machine's own
/// Open vSwitch is touched.
final class OpenVSwitch: Party {
    let link = "br-int"
    private let daemons: Tool

    init(on site: Site) throws {
        let command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", OpenVSwitch.script(site)]
        daemons = try Tool(command, in: site.namespace)
        let isReady = try eventually(within: 20) {
            try site.namespace.outcome(of: ["ip", "link", "show", "br-int"]).text.contains("alias ready")
        } until: {
            $0
        }
        if !isReady { throw Failure("Open vSwitch: \(daemons.finish(timeout: 0).errors)") }
    }

    /// The underlay's address is its bridge's: only from there does the userspace datapath send tunnel packets. Its TAPs
    /// know nothing of checksums that are still to be computed.
    private static func script(_ site: Site) -> String {
        """
        set -e
        mount -t tmpfs ovs /run
        export OVS_RUNDIR=/run OVS_DBDIR=/run OVS_LOGDIR=/run OVS_SYSCONFDIR=/run
        quietly="-vconsole:err -vsyslog:off"
        ovsdb-tool $quietly create /run/conf.db /usr/share/openvswitch/vswitch.ovsschema
        ovsdb-server $quietly /run/conf.db --remote=punix:/run/db.sock &
        while [[ ! -S /run/db.sock ]]; do sleep 0.02; done
        ovs-vsctl --db=unix:/run/db.sock --no-wait init
        ovs-vswitchd $quietly unix:/run/db.sock --disable-system &
        ovs-vsctl --db=unix:/run/db.sock --timeout=15 \
            -- add-br br-phy -- set bridge br-phy datapath_type=netdev -- add-port br-phy u0 \
            -- add-br br-int -- set bridge br-int datapath_type=netdev -- add-port br-int vx \
            -- set interface vx type=vxlan options:key=\(Site.vni) options:remote_ip=\(site.peer) \
               options:local_ip=\(site.address)
        ip link set br-phy mtu \(site.wiring.mtu)
        ip address add \(site.address)/\(site.wiring.prefix) dev br-phy \(site.wiring.family == .v6 ? "nodad" : "")
        ip link set br-phy up
        ethtool -K br-int tx off >/dev/null
        ip link set br-int alias ready
        wait
        """
    }
}
