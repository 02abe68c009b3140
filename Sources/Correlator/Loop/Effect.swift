internal import Core

/// What a record that was sent stands for: its delivery report settles it. `instance` tells a partition's present start from former ones.
enum Effect {
    case command(instance: Int, offset: Int64)
    case move(instance: Int, track: Int, offset: Int64)
    case duty(instance: Int, id: RequestID, duty: Duties)
    /// Signals handed to a take.
    case deliver(instance: Int, id: RequestID)
    /// A job written to `rejoinder.jobs` in the state of its change number `serial`.
    case job(instance: Int, id: RequestID, serial: UInt64)
    case checkpoint(instance: Int)
    case claim(instance: Int)

    var instance: Int {
        switch self {
        case .command(let instance, _), .move(let instance, _, _), .duty(let instance, _, _), .deliver(let instance, _),
            .job(let instance, _, _), .checkpoint(let instance),
            .claim(let instance):
            instance
        }
    }
}
