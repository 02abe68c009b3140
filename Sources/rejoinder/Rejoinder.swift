@main enum Rejoinder {
    static func main() {}
}
