/// The two ways to write Avro data as JSON.
public enum JSONForm: String, Sendable, Hashable {
    /// What people and HTTP clients write: unions without tags, bytes as base64, times as RFC 3339 text, decimals as text.
    case plain
    /// The "JSON Encoding" of the Avro specification: unions tagged with their branch, bytes as code points 0–255, logical types as their base.
    case tagged
}
