/// How reading a port or the underlay went.
enum Reception {
    /// Nothing is left to read.
    case drained
    /// There is room for no more; something may be left.
    case more
    /// It will never give anything again, such as a TAP whose interface was deleted.
    case ended
}
