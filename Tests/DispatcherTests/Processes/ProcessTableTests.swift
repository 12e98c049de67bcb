import Testing

@testable import enum Dispatcher.ProcessTable

@Suite("The table of processes")
struct ProcessTableTests {
    @Test("A zombie is found by its state and parent, whatever the program is called")
    func zombie() {
        #expect(ProcessTable.isZombie(status: "7 (a b) Z 1) Z 1 7 7 0 -1", of: 1))
        #expect(!ProcessTable.isZombie(status: "7 (sh) S 1 7 7 0 -1", of: 1))
        #expect(!ProcessTable.isZombie(status: "7 (sh) Z 12 7 7 0 -1", of: 1))
        #expect(!ProcessTable.isZombie(status: "7 (sh", of: 1))
    }

    @Test("A group is alive as long as somebody in it is no zombie")
    func alive() {
        #expect(ProcessTable.isAlive(status: "7 (sh) S 1 9 7 0 -1", in: 9))
        #expect(!ProcessTable.isAlive(status: "7 (sh) Z 1 9 7 0 -1", in: 9))
        #expect(!ProcessTable.isAlive(status: "7 (sh) S 1 7 7 0 -1", in: 9))
    }
}
