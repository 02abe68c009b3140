/// The types of `Request` and `Response` of the envelopes' protocol, generated as a user's own are.
enum Bench {}
