/// The third schema: one index for all open dispatches.
///
/// What runs stands at the beginning of a listener's part, so that it needs no index of its own, which every
/// attempt would have to write twice. Asking who is foremost in a lane takes a search for each place; the
/// writer remembers the lanes that it had lately, see `LaneMemory`.
///
/// No index of the times of receipt: it took a twelfth of what a delivery adds to the log, and ids grow with
/// those times anyway.
let schemaVersion3 = """
    DROP INDEX deliveries_received;
    DROP INDEX dispatches_running;
    DROP INDEX dispatches_open;
    CREATE INDEX dispatches_open ON dispatches (listener, place, lane, position) WHERE place IS NOT NULL;
    """
