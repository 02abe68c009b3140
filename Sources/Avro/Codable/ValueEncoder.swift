/// The encoder of one value: its place in a run.
struct ValueEncoder: Encoder {
    let run: EncodingRun
    let serial: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    private var collecting: TreeEncoder { TreeEncoder(depth: run.depth, result: run.collected(serial)) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        guard run.beginKeyed(serial) else { return collecting.container(keyedBy: type) }
        return KeyedEncodingContainer(FieldsContainer(run: run, serial: serial))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        guard run.beginUnkeyed(serial) else { return collecting.unkeyedContainer() }
        return ElementsContainer(run: run, serial: serial)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { WholeContainer(run: run, serial: serial) }
}
