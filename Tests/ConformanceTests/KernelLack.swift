import TestNetwork
import VTEP

/// What a kernel may be too old for. Cases that need it are tried on ours alone then; the table says so, and a test
/// that is skipped.
struct KernelLack: Sendable {
    let reason: String

    /// The knob for reserved bits, and with it the counting of headers that are refused for them.
    static let reservedBits: KernelLack? = {
        guard let namespace = try? TestNamespace(), let host = try? namespace.host(),
            let vni = VNI(exactly: 120)
        else { return nil }
        var vxlan = VXLANConfiguration(name: "probe", vni: vni)
        vxlan.options.reservedBits = 0
        do throws(VTEPError) {
            try host.createVXLAN(vxlan)
            return nil
        } catch {
            return error.kind == .notSupported
                ? KernelLack(reason: "this kernel's VXLAN devices have no knob for reserved bits (Linux 6.14)") : nil
        }
    }()
}
