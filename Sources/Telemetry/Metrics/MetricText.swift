/// The Prometheus text exposition, format 0.0.4.
enum MetricText {
    /// Writes all metrics, by name; samples taken at the scrape stand before gauges that were set.
    static func render(
        families: [String: MetricFamily],
        gauges: [String: MetricName],
        samples: [String: [MetricLabels: Double]]
    ) -> String {
        var text = ""
        for name in Set(families.keys).union(gauges.keys).sorted() {
            guard let family = families[name] ?? gauges[name].map({ MetricFamily($0) }) else { continue }
            header(family, to: &text)
            let sampled = family.type == .gauge ? samples[name] ?? [:] : [:]
            for labels in Set(family.series.keys).union(sampled.keys).sorted() {
                if let value = sampled[labels] {
                    line(name, labels, number(value), to: &text)
                } else if let series = family.series[labels] {
                    write(series, name, labels, to: &text)
                }
            }
        }
        return text
    }

    /// A name of which every character is allowed; others become `_`.
    static func validName(_ name: String) -> String {
        if name.utf8.allSatisfy(isNameByte), let first = name.utf8.first, !isDigit(first) { return name }
        let valid = name.unicodeScalars.map { scalar in
            scalar.isASCII && isNameByte(UInt8(truncatingIfNeeded: scalar.value)) ? String(scalar) : "_"
        }.joined()
        return valid.utf8.first.map(isDigit) ?? true ? "_" + valid : valid
    }

    /// A number as the format writes it; whole numbers without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { String($0) } ?? String(value)
    }

    private static func header(_ family: MetricFamily, to text: inout String) {
        if let help = family.help {
            text += "# HELP \(family.name) \(escaped(help, quotes: false))\n"
        }
        text += "# TYPE \(family.name) \(family.type.rawValue)\n"
    }

    private static func write(
        _ series: MetricFamily.Series,
        _ name: String,
        _ labels: MetricLabels,
        to text: inout String
    ) {
        switch series {
        case let .counter(series): line(name, labels, String(series.value), to: &text)
        case let .gauge(series): line(name, labels, number(series.value), to: &text)
        case let .histogram(series): write(series, name, labels, to: &text)
        }
    }

    private static func write(
        _ series: HistogramSeries,
        _ name: String,
        _ labels: MetricLabels,
        to text: inout String
    ) {
        let (bounds, state) = series.snapshot
        var total: UInt64 = 0
        for (bound, count) in zip(bounds + [.infinity], state.counts) {
            total += count
            line("\(name)_bucket", labels, bound: number(bound), String(total), to: &text)
        }
        line("\(name)_sum", labels, number(state.sum), to: &text)
        line("\(name)_count", labels, String(total), to: &text)
    }

    private static func line(
        _ name: String,
        _ labels: MetricLabels,
        bound: String? = nil,
        _ value: String,
        to text: inout String
    ) {
        var pairs = labels.pairs.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
        if let bound { pairs.append("le=\"\(bound)\"") }
        text += pairs.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs.joined(separator: ","))} \(value)\n"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension MetricsRegistry {
    /// The `Content-Type` of `render()`.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"
}
