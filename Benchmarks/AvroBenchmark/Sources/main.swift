// Avro: ours against yardsticks in the same run. `swift run -c release --package-path Benchmarks AvroBenchmark`
print("ns a record" + String(repeating: " ", count: 23) + "   bound    ours   ratio  allocs")
for measurement in try TypedMeasurements.run() { print(measurement.line) }
print("against libavro's generic values; resolution against plain decoding")
for measurement in try GenericMeasurements.run() { print(measurement.line) }
try JSONMeasurements.run()
