extension VTEPError.Kind {
    /// The class of failure that an errno value stands for, with the numbers of `asm-generic/errno.h`.
    package init(errno code: Int32) {
        self =
            switch code {
            case 1, 13: .permissionDenied  // EPERM, EACCES
            case 17: .exists  // EEXIST
            case 19, 2, 3, 6, 99: .notFound  // ENODEV, ENOENT, ESRCH, ENXIO, EADDRNOTAVAIL
            case 22, 34, 97: .invalidArgument  // EINVAL, ERANGE, EAFNOSUPPORT
            case 95, 93, 38: .notSupported  // EOPNOTSUPP, EPROTONOSUPPORT, ENOSYS
            case 16, 98: .busy  // EBUSY, EADDRINUSE
            case 12: .outOfMemory  // ENOMEM
            default: .system
            }
    }
}
