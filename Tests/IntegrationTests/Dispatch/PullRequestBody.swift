/// A pull request as GitHub sends it, as far as the tests vary it.
struct PullRequestBody {
    /// Its number, at least 1, and so the subject.
    var number: Int
    var repository = "acme/app"
    var title = "Mend the roof"

    /// The payload.
    var bytes: [UInt8] {
        let repository = #"{"id":1,"full_name":"\#(repository)","private":false}"#
        let user = #"{"id":1,"login":"octocat","type":"User"}"#
        let branch = #""sha":"ec26c3e57ca3a959ca5aad62de7213c562f8c821","repo":\#(repository)"#
        let text = """
            {"action":"opened","number":\(number),"pull_request":{"id":\(number),"number":\(number),\
            "title":"\(title)","state":"open","draft":false,"merged":false,"user":\(user),\
            "head":{"ref":"changes",\(branch)},"base":{"ref":"main",\(branch)}},\
            "repository":\(repository),"sender":\(user)}
            """
        return Array(text.utf8)
    }
}
