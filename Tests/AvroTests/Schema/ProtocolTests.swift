import Avro
import Testing

@Suite struct ProtocolTests {
    @Test(.enabled(if: TestData.isPresent, Comment(rawValue: TestData.missing)), arguments: ["simple", "namespace", "mail", "BulkData"])
    func apacheProtocols(name: String) throws {
        let parsed = try AvroProtocol(parsing: TestData.text("schemas/\(name).avpr"))
        #expect(!parsed.messages.isEmpty)
        if name == "simple" {
            #expect(parsed.types.count == 5 && parsed.messages.count == 6)
            #expect(parsed.message("ack")?.isOneWay == true)
            #expect(parsed.message("error")?.errors.map(\.name) == ["org.apache.avro.test.TestError"])
            #expect(parsed.message("hello")?.request.name == "org.apache.avro.test.HelloRequest")
            #expect(parsed.message("hello")?.request.fields.map(\.name) == ["greeting"])
            #expect(parsed.message("add")?.attribute("specialProp") == #""test""#)
        }
        if name == "namespace" { #expect(parsed.message("error")?.errors.first?.name == "org.apache.avro.test.errors.TestError") }
    }

    @Test func ourOwnAttributesAreKeptAsText() throws {
        let text = #"""
            {"protocol":"reports","namespace":"org.example","types":[{"type":"record","name":"Group","fields":[{"name":"n","type":"long"}]},
             {"type":"error","name":"Unreadable","fields":[{"name":"line","type":"long"}]}],
             "messages":{"generate":{"request":[{"name":"source","type":"string"},{"name":"groupBy","type":["null","string"],"default":null}],
              "response":"Group","errors":["Unreadable"],"part":"Group","policy":{ "deadline": "PT1H", "attempts": 3 }}}}
            """#
        let parsed = try AvroProtocol(parsing: text)
        let message = try #require(parsed.message("generate"))
        #expect(message.attribute("policy") == #"{"deadline":"PT1H","attempts":3}"#)
        let part = try #require(message.attributes.first { $0.name == "part" })
        #expect(try parsed.schema(part.value).name == "org.example.Group")
        #expect(message.request.fields[1].defaultBytes == [0])
    }

    @Test(arguments: [
        (#"{"namespace":"a"}"#, ""), (#"{"protocol":"p","types":{}}"#, "/types"), (#"{"protocol":"p","types":["int"]}"#, "/types/0"),
        (#"{"protocol":"p","messages":{"m":{"response":"null"}}}"#, "/messages/m"),
        (#"{"protocol":"p","messages":{"m":{"request":[],"response":"Nope"}}}"#, "/messages/m/response"),
        (#"{"protocol":"p","messages":{"m":{"request":[],"response":"int","one-way":true}}}"#, "/messages/m"),
        (#"{"protocol":"p","messages":{"m":{"request":[],"response":"int","errors":["int"]}}}"#, "/messages/m/errors/0"),
    ])
    func faultsNameThePlace(text: String, place: String) {
        #expect { try AvroProtocol(parsing: text) } throws: { ($0 as? AvroError)?.place == place }
    }
}
