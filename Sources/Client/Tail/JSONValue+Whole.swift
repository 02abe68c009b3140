public import Avro

extension JSONValue {
    /// A whole number.
    public static func whole(_ value: Int64) -> JSONValue { .number("\(value)") }
}
