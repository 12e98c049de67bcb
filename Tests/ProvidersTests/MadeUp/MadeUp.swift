import Providers

/// A forge that does not exist: what adding one takes, which is this folder and a line in a catalog.
struct MadeUp: Provider {
    let name = "made-up"

    let keptHeaders = ["x-made-up-event", "x-made-up-delivery"]
}
