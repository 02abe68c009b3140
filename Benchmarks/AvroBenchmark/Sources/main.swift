// Avro: ours against yardsticks in the same run. `swift run -c release --package-path Benchmarks AvroBenchmark [typed|resolved|generic|codable|json …]`
let wanted = Set(CommandLine.arguments.dropFirst())
func isWanted(_ part: String) -> Bool { wanted.isEmpty || wanted.contains(part) }

print("ns a record" + String(repeating: " ", count: 23) + "   bound    ours   ratio  allocs")
if isWanted("typed") { for measurement in try TypedMeasurements.run() { print(measurement.line) } }
if isWanted("resolved") { for measurement in try ResolutionMeasurements.run() { print(measurement.line) } }
if isWanted("generic") {
    print("against libavro's generic values; resolution against plain decoding")
    for measurement in try GenericMeasurements.run() { print(measurement.line) }
}
if isWanted("codable") {
    print("Codable against libavro's generic values")
    for measurement in try CodableMeasurements.run() { print(measurement.line) }
}
if isWanted("json") { try JSONMeasurements.run() }
