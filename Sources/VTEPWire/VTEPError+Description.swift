extension VTEPError {
    /// One line for people, with every part that is known:
    /// `cannot create VXLAN link "vxlan0": File exists (EEXIST, errno 17); the kernel says "…"; <reason>; <remedy>`.
    ///
    /// Its wording may change between versions. Decide by ``kind`` and ``systemErrno``.
    public var description: String {
        var line = "cannot " + attempted.onOneLine
        if !subject.isEmpty {
            line += " " + subject.quotedOnOneLine
        }
        var separator = ": "
        for clause in clauses where !clause.isEmpty {
            line += separator + clause
            separator = "; "
        }
        return line
    }

    /// The parts after the subject. The kind is named only where nothing more exact is known.
    private var clauses: [String] {
        let kernelWords = kernelMessage ?? ""
        let isUnexplained = systemErrno == nil && kernelWords.isEmpty && reason.isEmpty
        return [
            isUnexplained ? kind.description : "",
            systemErrno.map(errnoDescription) ?? "",
            kernelWords.isEmpty ? "" : "the kernel says " + kernelWords.quotedOnOneLine,
            reason.onOneLine,
            remedy.onOneLine,
        ]
    }
}

extension String {
    /// Names come from callers and from the kernel, and both may hold line ends or terminal control sequences;
    /// a log line must stay one line, and harmless.
    fileprivate var onOneLine: String {
        escaping { $0.breaksALine }
    }

    fileprivate var quotedOnOneLine: String {
        "\"" + escaping { $0.breaksALine || $0 == "\"" || $0 == "\\" } + "\""
    }

    private func escaping(_ mustEscape: (Unicode.Scalar) -> Bool) -> String {
        // Works by scalar: by character would need the Unicode tables, which an Embedded build doesn't link.
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if mustEscape(scalar) {
                escaped.append(contentsOf: scalar.escapedForDisplay.unicodeScalars)
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

extension Unicode.Scalar {
    /// C0 and C1 controls, DEL, the Unicode line and paragraph separators and the direction overrides.
    fileprivate var breaksALine: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    fileprivate var escapedForDisplay: String {
        switch self {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{" + String(value, radix: 16) + "}"
        }
    }
}
