package import Events
import Glibc

extension Timestamp {
    /// The time now by the system's clock, which may jump.
    package static var systemTime: Timestamp {
        var time = timespec()
        // The pointer is to `time`, which lives until the call returns; the clock always exists.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
