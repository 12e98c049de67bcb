/// The third schema: one index for all open dispatches.
///
/// What runs stands at the beginning of a listener's part, so that it needs no index of its own, which every
/// attempt would have to write twice. Asking who is foremost in a lane takes a search for each place; the writer
/// remembers the lanes that it had lately, see `LaneMemory`.
let schemaVersion3 = """
    DROP INDEX dispatches_running;
    DROP INDEX dispatches_open;
    CREATE INDEX dispatches_open ON dispatches (listener, place, lane, position) WHERE place IS NOT NULL;
    """
