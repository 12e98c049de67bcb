import Testing

@testable import Ingest

@Suite("Descriptors that are handed over")
struct ListenDescriptorsTests {
    @Test("As many as the variables tell, from three on")
    func present() {
        let environment = ["LISTEN_PID": "42", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "a:b"]
        #expect(ListenDescriptors.parse(environment: environment, processID: 42) == [3, 4])
    }

    @Test(
        "None for another process, and none where a variable is missing or makes no sense",
        arguments: [
            [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "42"], ["LISTEN_PID": "41", "LISTEN_FDS": "1"],
            ["LISTEN_PID": "42", "LISTEN_FDS": "0"], ["LISTEN_PID": "42", "LISTEN_FDS": "-1"],
            ["LISTEN_PID": "42", "LISTEN_FDS": "x"], ["LISTEN_PID": "42", "LISTEN_FDS": "999999999999"],
            ["LISTEN_PID": "42", "LISTEN_FDS": "100000"],
        ]
    )
    func absent(environment: [String: String]) {
        #expect(ListenDescriptors.parse(environment: environment, processID: 42).isEmpty)
    }
}
