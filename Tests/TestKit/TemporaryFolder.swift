package import Foundation

/// A folder of its own for one test, removed with all that is in it when the object goes.
package final class TemporaryFolder: Sendable {
    /// Where the folder is.
    package let url: URL

    /// Makes an empty folder.
    ///
    /// - Throws: An error if the system's folder for temporary files takes none.
    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "forgewire-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)  // what cannot be removed is the system's to tidy
    }

    /// The path of something in the folder.
    package func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }
}
