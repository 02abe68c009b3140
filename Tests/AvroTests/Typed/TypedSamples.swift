import Avro

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The container of the types that are generated for the tests.
enum Typed {}

/// What the tests of typed coding share.
enum TypedSamples {
    /// One of everything that the generator must cope with.
    static let avpr = #"""
        {"protocol":"Samples","namespace":"org.example.typed","types":[
         {"type":"enum","name":"Mode","symbols":["NOT_FOUND","default","self","NotFound"]},
         {"type":"fixed","name":"Digest","size":4},
         {"type":"record","name":"Empty","fields":[]},
         {"type":"record","name":"Point","fields":[{"name":"x","type":"int"},{"name":"y","type":"double","default":0}]},
         {"type":"record","name":"Everything","doc":"One of each.\nIn two lines.","fields":[
          {"name":"flag","type":"boolean"},{"name":"small","type":"int"},{"name":"large","type":"long"},{"name":"single","type":"float"},
          {"name":"precise","type":"double"},{"name":"raw","type":"bytes"},{"name":"text","type":"string"},{"name":"nothing","type":"null"},
          {"name":"mode","type":"Mode"},{"name":"digest","type":"Digest"},{"name":"point","type":"Point"},{"name":"empty","type":"Empty"},
          {"name":"behind","type":["int","null"],"default":3},
          {"name":"choice","type":["null","string","int","Point",{"type":"array","items":"long"}],"default":null},
          {"name":"words","type":{"type":"array","items":"string"},"default":[]},
          {"name":"holes","type":{"type":"array","items":["null","double"]},"default":[]},
          {"name":"behinds","type":{"type":"array","items":["string","null"]},"default":[]},
          {"name":"mixed","type":{"type":"map","values":["int","bytes"]},"default":{}},
          {"name":"grid","type":{"type":"array","items":{"type":"array","items":"Point"}},"default":[]},
          {"name":"nulls","type":{"type":"array","items":"null"},"default":[]},
          {"name":"default","type":"int","default":-1},{"name":"source","type":"string","default":""},{"name":"reader","type":"int","default":0},
          {"name":"writer","type":"long","default":0},{"name":"value","type":["null","string"],"default":null}]},
         {"type":"record","name":"Tree","fields":[
          {"name":"value","type":"long"},{"name":"left","type":["null","Tree"],"default":null},
          {"name":"kind","type":["string","Tree","null"],"default":""},
          {"name":"children","type":{"type":"array","items":"Tree"},"default":[]},
          {"name":"byName","type":{"type":"map","values":["null","Tree"]},"default":{}}]},
         {"type":"record","name":"Rest","swift":"rest","fields":[]},
         {"type":"record","name":"Outcome","fields":[{"name":"code","type":"string","default":"?"},{"name":"details","type":"Rest"}]},
         {"type":"record","name":"Envelope","fields":[
          {"name":"id","type":"string"},{"name":"attempt","type":"long","default":1},{"name":"body","type":["Point","Outcome","null"]}]}
        ],"messages":{}}
        """#

    /// `Envelope` with a type in the place that is left open.
    static let envelope = #"""
        {"type":"record","name":"org.example.typed.Envelope","fields":[
         {"name":"id","type":"string"},{"name":"attempt","type":"long","default":1},
         {"name":"body","type":[
          {"type":"record","name":"Point","fields":[{"name":"x","type":"int"},{"name":"y","type":"double","default":0}]},
          {"type":"record","name":"Outcome","fields":[
           {"name":"code","type":"string","default":"?"},
           {"name":"details","type":{"type":"record","name":"Rest","fields":[
            {"name":"a","type":"long","default":7},{"name":"b","type":["null","string"],"default":null},{"name":"c","type":"string","default":"new"}]}}]},
          "null"]}]}
        """#

    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
