// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension ReportsWire {
    /// One column's statistics; the figures of numbers are null for other columns.
    struct Column: TypedSchema {
        /// `name`
        var name: Slice
        /// `kind`
        var kind: ColumnKind
        /// Rows in which the column is not empty.
        var values: Int64
        /// Rows in which it is.
        var empty: Int64
        /// Different values; null when there are too many to count in bounded memory.
        var distinct: Int64?
        /// `minimum`
        var minimum: Double?
        /// `maximum`
        var maximum: Double?
        /// `sum`
        var sum: Double?
        /// `mean`
        var mean: Double?
        /// Of the population.
        var standardDeviation: Double?

        /// A value made by hand.
        init(name: Slice, kind: ColumnKind, values: Int64, empty: Int64, distinct: Int64? = nil, minimum: Double? = nil, maximum: Double? = nil, sum: Double? = nil, mean: Double? = nil, standardDeviation: Double? = nil) {
            self.name = name
            self.kind = kind
            self.values = values
            self.empty = empty
            self.distinct = distinct
            self.minimum = minimum
            self.maximum = maximum
            self.sum = sum
            self.mean = mean
            self.standardDeviation = standardDeviation
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.name = try reader.readString()
            self.kind = try ColumnKind(from: &reader)
            self.values = try reader.readLong()
            self.empty = try reader.readLong()
            self.distinct = try reader.readBranch(2) == 0 ? nil : reader.readLong()
            self.minimum = try reader.readBranch(2) == 0 ? nil : reader.readDouble()
            self.maximum = try reader.readBranch(2) == 0 ? nil : reader.readDouble()
            self.sum = try reader.readBranch(2) == 0 ? nil : reader.readDouble()
            self.mean = try reader.readBranch(2) == 0 ? nil : reader.readDouble()
            self.standardDeviation = try reader.readBranch(2) == 0 ? nil : reader.readDouble()
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 10) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.name = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.kind = try fields.isSame(1) ? ColumnKind(from: &reader) : plan.typed(fields, 1, &reader, &source)
            self.values = try fields.isSame(2) ? (reader.readLong()) : plan.read(fields, 2, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.empty = try fields.isSame(3) ? (reader.readLong()) : plan.read(fields, 3, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.distinct = try fields.isSame(4) ? (reader.readBranch(2) == 0 ? nil : reader.readLong()) : plan.read(fields, 4, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readLong() }
            self.minimum = try fields.isSame(5) ? (reader.readBranch(2) == 0 ? nil : reader.readDouble()) : plan.read(fields, 5, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readDouble() }
            self.maximum = try fields.isSame(6) ? (reader.readBranch(2) == 0 ? nil : reader.readDouble()) : plan.read(fields, 6, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readDouble() }
            self.sum = try fields.isSame(7) ? (reader.readBranch(2) == 0 ? nil : reader.readDouble()) : plan.read(fields, 7, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readDouble() }
            self.mean = try fields.isSame(8) ? (reader.readBranch(2) == 0 ? nil : reader.readDouble()) : plan.read(fields, 8, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readDouble() }
            self.standardDeviation = try fields.isSame(9) ? (reader.readBranch(2) == 0 ? nil : reader.readDouble()) : plan.read(fields, 9, &reader, &source) { reader throws(AvroError) in try reader.readBranch(2) == 0 ? nil : reader.readDouble() }
            try plan.finish(fields, count: 10, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try ColumnKind.skip(&reader)
            try reader.skipLong()
            try reader.skipLong()
            if try reader.readBranch(2) != 0 { try reader.skipLong() }
            if try reader.readBranch(2) != 0 { _ = try reader.readDouble() }
            if try reader.readBranch(2) != 0 { _ = try reader.readDouble() }
            if try reader.readBranch(2) != 0 { _ = try reader.readDouble() }
            if try reader.readBranch(2) != 0 { _ = try reader.readDouble() }
            if try reader.readBranch(2) != 0 { _ = try reader.readDouble() }
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 106
            room1 &+= Int(self.name.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.name, of: source)
            cursor.writeInt(self.kind.rawValue)
            cursor.writeLong(self.values)
            cursor.writeLong(self.empty)
            if let value = self.distinct {
                cursor.writeByte(2)
                cursor.writeLong(value)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.minimum {
                cursor.writeByte(2)
                cursor.writeDouble(value)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.maximum {
                cursor.writeByte(2)
                cursor.writeDouble(value)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.sum {
                cursor.writeByte(2)
                cursor.writeDouble(value)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.mean {
                cursor.writeByte(2)
                cursor.writeDouble(value)
            } else {
                cursor.writeByte(0)
            }
            if let value = self.standardDeviation {
                cursor.writeByte(2)
                cursor.writeDouble(value)
            } else {
                cursor.writeByte(0)
            }
            writer.end(cursor)
        }

        static var bytesMin: Int { 10 }
        static var schemaName: String { "org.example.Column" }
        static var schemaText: String { #"{"name":"org.example.Column","type":"record","doc":"One column's statistics; the figures of numbers are null for other columns.","fields":[{"name":"name","type":"string"},{"name":"kind","type":{"name":"org.example.ColumnKind","type":"enum","doc":"What all values of a column are; one value that is no number makes it TEXT.","symbols":["EMPTY","NUMBER","TEXT"]}},{"name":"values","type":"long","doc":"Rows in which the column is not empty."},{"name":"empty","type":"long","doc":"Rows in which it is."},{"name":"distinct","type":["null","long"],"doc":"Different values; null when there are too many to count in bounded memory.","default":null},{"name":"minimum","type":["null","double"],"default":null},{"name":"maximum","type":["null","double"],"default":null},{"name":"sum","type":["null","double"],"default":null},{"name":"mean","type":["null","double"],"default":null},{"name":"standardDeviation","type":["null","double"],"doc":"Of the population.","default":null}]}"# }
    }
}
