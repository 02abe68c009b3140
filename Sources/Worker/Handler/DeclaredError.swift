/// An error that the operation declares (`errors` of its message): throw it from a handler, and the job fails with the type's name as its
/// code and the fields as its details; it is not tried again.
///
/// The Swift type has the name and the fields of the schema's error type.
public protocol DeclaredError: Error, Encodable, Sendable {
    /// The name of the error type, without its namespace. By default the name of the Swift type.
    static var errorName: String { get }
    /// For people.
    var message: String { get }
}

extension DeclaredError {
    public static var errorName: String { String(describing: Self.self) }
}
