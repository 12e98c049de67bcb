/// Where a socket listens: `host:port`, `[v6]:port` or `unix:/path`.
package enum SocketAddressSetting: Hashable, CustomStringConvertible, Sendable {
    /// A host name or address without brackets, and a port; port 0 lets the system choose.
    case tcp(host: String, port: Int)
    /// The path of a Unix domain socket.
    case unix(path: String)

    /// The longest path that fits `sockaddr_un`, whose 108 bytes end in a zero.
    private static let pathBytesMax = 107
    private static let hostBytesMax = 253

    /// The address as the configuration writes it.
    package var description: String {
        switch self {
        case let .tcp(host, port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case let .unix(path): "unix:\(path)"
        }
    }

    /// Whether the system chooses the port, so that two such addresses do not collide.
    var isEphemeral: Bool {
        if case .tcp(_, 0) = self { true } else { false }
    }

    /// Reads an address.
    init(parsing text: String) throws(ValueProblem) {
        if text.hasPrefix("unix:") {
            self = .unix(
                path: try ValueParser.text(maxBytes: Self.pathBytesMax).parse(String(text.dropFirst(5)))
            )
            return
        }
        let shown = QuotedText.shown(text)
        guard let colon = text.lastIndex(of: ":") else {
            throw ValueProblem("\(shown) is none of host:port, [v6]:port and unix:/path")
        }
        let host = try Self.host(String(text[..<colon]), of: text)
        let port = String(text[text.index(after: colon)...])
        guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(port) else {
            throw ValueProblem("\(shown): the port is not between 0 and 65535")
        }
        self = .tcp(host: host, port: Int(number))
    }

    private static func host(_ host: String, of text: String) throws(ValueProblem) -> String {
        let shown = QuotedText.shown(text)
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = String(host.dropFirst().dropLast())
            guard address.contains(":"), IPAddress(address) != nil else {
                throw ValueProblem("\(shown): not an IPv6 address in the brackets")
            }
            return address
        }
        guard !host.contains(":") else {
            let suggestion = IPAddress(host) == nil ? nil : "[\(host)]" + text.dropFirst(host.count)
            throw ValueProblem("\(shown): an IPv6 address stands in brackets", suggestion: suggestion)
        }
        guard !host.isEmpty else {
            throw ValueProblem("\(shown) has no host; 127.0.0.1 is this machine alone, 0.0.0.0 every address")
        }
        guard isHostName(host) else { throw ValueProblem("\(shown): not a host name or address") }
        return host
    }

    /// Whether text is a host name or IPv4 address; what looks like an address must be one.
    static func isHostName(_ host: String) -> Bool {
        guard host.utf8.count <= hostBytesMax, host.utf8.allSatisfy(isHostByte) else { return false }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 63 }) else { return false }
        let isNumeric = labels.last?.utf8.allSatisfy { (0x30...0x39).contains($0) } ?? false
        return !isNumeric || IPAddress(host) != nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension ValueParser<SocketAddressSetting> {
    /// An address to listen on.
    static let socketAddress = ValueParser { text throws(ValueProblem) in
        try SocketAddressSetting(parsing: text)
    }
}
