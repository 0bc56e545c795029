internal import VTEPWire

/// Checks a name for a new link by the kernel's rules (`dev_valid_name`), and that the kernel will take it literally.
func checkLinkName(_ name: String, attempted: StaticString) throws(VTEPError) {
    func reject(_ reason: String) -> VTEPError {
        VTEPError(
            .invalidArgument, attempted: "\(attempted)", subject: name, reason: reason,
            remedy: "choose a name such as vxlan0")
    }
    let bytes = name.utf8
    if bytes.isEmpty { throw reject("a link's name must not be empty") }
    if bytes.count > 15 { throw reject("a link's name has at most 15 bytes, this one has \(bytes.count)") }
    if name == "." || name == ".." { throw reject("a link's name must not be \".\" or \"..\"") }
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "/"): throw reject("a link's name must not contain \"/\"")
        case UInt8(ascii: ":"): throw reject("a link's name must not contain \":\"")
        case UInt8(ascii: "%"): throw reject("\"%\" in a link's name asks the kernel for a name of its own choice")
        case 0...32, 127: throw reject("a link's name must not contain white space or control characters")
        case 0xA0: throw reject("a link's name must not contain the octet a0, which the kernel takes for a space")
        default: break
        }
    }
}
