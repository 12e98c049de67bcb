import Providers

extension MadeUp {
    var samples: [Sample] {
        [
            Sample(
                "proposal.opened",
                of: "proposal",
                #"{"verb":"opened","project":"acme/app","proposal":{"number":7,"title":"A door"}}"#
            )
        ]
    }
}
