/// A horizontal bar chart as SVG text: nothing is loaded, nothing is run.
struct BarChart {
    struct Bar {
        let label: String
        let value: Double
    }

    let title: String
    let bars: [Bar]

    var svg: String {
        let (labels, width, height, gap) = (180.0, 460.0, 22.0, 6.0)
        let total = Double(bars.count) * (height + gap) + 34
        let largest = bars.map { abs($0.value) }.max() ?? 0
        var text = "<svg role=\"img\" viewBox=\"0 0 740 \(HTMLText.number(total))\" xmlns=\"http://www.w3.org/2000/svg\">"
        text += "<title>\(HTMLText.escaped(title))</title>"
        text += "<text x=\"0\" y=\"18\" font-weight=\"600\">\(HTMLText.escaped(title))</text>"
        for (index, bar) in bars.enumerated() {
            let top = 30 + Double(index) * (height + gap)
            let length = largest > 0 ? abs(bar.value) / largest * width : 0
            let middle = HTMLText.number(top + height * 0.7)
            let label = bar.label.count > 26 ? String(bar.label.prefix(25)) + "…" : bar.label
            text += "<text x=\"\(HTMLText.number(labels - 8))\" y=\"\(middle)\" text-anchor=\"end\">\(HTMLText.escaped(label))</text>"
            text += "<rect x=\"\(HTMLText.number(labels))\" y=\"\(HTMLText.number(top))\" width=\"\(HTMLText.number(max(length, 1)))\""
            text += " height=\"\(HTMLText.number(height))\" fill=\"\(bar.value < 0 ? "#b4541a" : "#2f6f9f")\"/>"
            text += "<text x=\"\(HTMLText.number(labels + max(length, 1) + 6))\" y=\"\(middle)\">\(HTMLText.number(bar.value))</text>"
        }
        return text + "</svg>"
    }
}
