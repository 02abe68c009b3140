// Avro: ours against yardsticks in the same run. `swift run -c release --package-path Benchmarks AvroBenchmark`
print("ns a record" + String(repeating: " ", count: 23) + "   bound    ours   ratio  allocs")
for measurement in try TypedMeasurements.run() { print(measurement.line) }
