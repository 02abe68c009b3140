import CAvro

/// What libavro says of a schema that we take: whether programs in C can use it, too.
public enum SecondOpinion {
    /// Why libavro does not take a schema; nil when it does. Only for schemas that were parsed here, because libavro is unsafe on others' bytes.
    public static func fault(of schema: Schema) -> String? {
        let text = schema.json.text
        var parsed: avro_schema_t?
        guard avro_schema_from_json_length(text, text.utf8.count, &parsed) == 0, let parsed else {
            return String(cString: avro_strerror())
        }
        avro_schema_decref(parsed)
        return nil
    }
}
