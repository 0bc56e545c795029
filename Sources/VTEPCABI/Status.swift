public import CVTEP

@c @implementation
public func vtep_version() -> UInt32 {
    UInt32(VTEP_VERSION_MAJOR) << 16 | UInt32(VTEP_VERSION_MINOR) << 8 | UInt32(VTEP_VERSION_PATCH)
}

@c @implementation
public func vtep_status_text(_ status: vtep_status) -> UnsafePointer<CChar>? {
    let text = statusText(Int(status))
    return unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// Static, and with a NUL at its end, as the pointer must stay valid: `VTEPError.Kind.description` is neither.
private func statusText(_ status: Int) -> StaticString {
    switch status {
    case VTEP_OK: "ok"
    case VTEP_E_INVAL: "invalid argument"
    case VTEP_E_NOSPACE: "not enough space"
    case VTEP_E_NOTFOUND: "not found"
    case VTEP_E_EXISTS: "already exists"
    case VTEP_E_PERM: "permission denied"
    case VTEP_E_SYSTEM: "system error"
    case VTEP_E_CALLBACK: "stopped by the callback"
    case VTEP_E_NOTSUPPORTED: "not supported"
    case VTEP_E_BUSY: "busy"
    case VTEP_E_FOREIGN: "exists but isn't ours"
    case VTEP_E_OUTOFMEMORY: "out of memory"
    case VTEP_E_INTERRUPTED: "interrupted by changes"
    case VTEP_E_PROTOCOL: "malformed reply"
    default: "unknown status"
    }
}
