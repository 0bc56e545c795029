internal import VTEPWire

/// Checks the MTU of a link that is yet to be made by what every Ethernet kind accepts (RFC 791 names the lower bound).
func checkNewMTU(_ mtu: UInt32?, of name: String, attempted: StaticString) throws(VTEPError) {
    guard let mtu, !(68...65535).contains(mtu) else { return }
    throw VTEPError(
        .invalidArgument, attempted: "\(attempted)", subject: name, reason: "MTU \(mtu) is outside 68...65535")
}
