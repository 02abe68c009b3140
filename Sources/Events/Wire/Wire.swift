/// The envelopes as they travel: types generated from `EnvelopeText`, with text and typed parts as slices of the record.
///
/// `RequestView`, `ResponseView` and the codecs are the comfortable way to them.
public enum Wire {
}
