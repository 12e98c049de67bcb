import Foundation

/// Reads whole files up to a limit; a value, so that tests need no files.
package struct FileReader: Sendable {
    /// Reads a file that must not be larger than a number of bytes.
    package let read: @Sendable (_ path: String, _ bytesMax: Int) throws(FileReaderError) -> [UInt8]

    /// Whether every user may read a file.
    package let isReadableByAll: @Sendable (_ path: String) -> Bool

    package init(
        read: @escaping @Sendable (String, Int) throws(FileReaderError) -> [UInt8],
        isReadableByAll: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.read = read
        self.isReadableByAll = isReadableByAll
    }

    /// The file system; relative paths are relative to the working directory.
    package static let disk = FileReader(read: readFile, isReadableByAll: isFileReadableByAll)

    private static func readFile(_ path: String, _ bytesMax: Int) throws(FileReaderError) -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            // A failure to close what was only read loses nothing.
            defer { try? handle.close() }
            let bytes = try handle.read(upToCount: bytesMax + 1) ?? Data()
            guard bytes.count <= bytesMax else { throw FileReaderError.tooLarge(bytesMax: bytesMax) }
            return [UInt8](bytes)
        } catch {
            throw FileReaderError(error)
        }
    }

    private static func isFileReadableByAll(_ path: String) -> Bool {
        // Of the file itself: a link to it may have any permissions.
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        // What cannot be looked at is told when it is read.
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let permissions = attributes?[.posixPermissions] as? Int ?? 0
        return permissions & readableByOthers != 0
    }

    /// The bit of a file's mode that lets others read it.
    private static let readableByOthers = 0o004
}

/// Why a file could not be read.
package enum FileReaderError: Error, Equatable, CustomStringConvertible {
    /// There is none of that name.
    case notFound
    /// The daemon's user may not read it.
    case notPermitted
    /// It holds more than the limit.
    case tooLarge(bytesMax: Int)
    /// Anything else, such as a directory.
    case unreadable

    fileprivate init(_ error: any Error) {
        if let error = error as? FileReaderError {
            self = error
            return
        }
        switch (error as? CocoaError)?.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: self = .notFound
        case .fileReadNoPermission: self = .notPermitted
        default: self = .unreadable
        }
    }

    /// The reason as the end of a sentence.
    package var description: String {
        switch self {
        case .notFound: "there is no such file"
        case .notPermitted: "permission denied"
        case let .tooLarge(bytesMax): "larger than \(ByteSize.text(bytesMax))"
        case .unreadable: "cannot be read"
        }
    }
}
