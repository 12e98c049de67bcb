/// A body of the type `application/x-www-form-urlencoded`, decoded as the WHATWG URL standard says.
package enum FormFields {
    /// The bytes of the first field of that name; nil if there is none.
    package static func value(_ name: String, in form: [UInt8]) -> [UInt8]? {
        EncodedFormValue(name, in: form)?.decoded()
    }
}
