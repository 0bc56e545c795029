package import Foundation
internal import Glibc

/// The frames that pass a link, from the moment this is made.
package final class Capture {
    private let socket: Int32

    init(socket: Int32) { self.socket = socket }
    deinit { close(socket) }

    /// What has come so far, as a pcap file.
    package func pcap() -> Data {
        // Version 2.4, the whole of each frame, Ethernet.
        var file = Data(words: [0xA1B2_C3D4, 2 | 4 << 16, 0, 0, 65535, 1])
        var frame = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe recv(socket, &frame, frame.count, 0)
            if count <= 0 { return file }
            file.append(Data(words: [0, 0, UInt32(count), UInt32(count)]))
            file.append(contentsOf: frame[..<count])
        }
    }

    /// What tshark reads in it: one line for each frame that matches, the fields separated by spaces.
    ///
    /// - Parameter port: the UDP port that VXLAN uses; Wireshark knows 4789 only.
    package func decode(_ filter: String, fields: [String], port: UInt16 = 4789) throws -> [String] {
        let command = [
            "tshark", "-n", "-r", "-", "-d", "udp.port==\(port),vxlan", "-Y", filter, "-T", "fields", "-E",
            "separator= ",
        ]
        let outcome = try Tool(command + fields.flatMap { ["-e", $0] }).finish(input: pcap())
        guard outcome.status == 0 else { throw Failure("tshark: status \(outcome.status): \(outcome.errors)") }
        return outcome.text.split(separator: "\n").map(String.init)
    }
}

extension Data {
    fileprivate init(words: [UInt32]) {
        self = words.reduce(into: Data()) { data, word in
            unsafe Swift.withUnsafeBytes(of: word) { unsafe data.append(contentsOf: $0) }
        }
    }
}
