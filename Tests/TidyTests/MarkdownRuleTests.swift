import Testing

@Suite("The rule on links")
struct MarkdownRuleTests {
    private let page = """
        # The page: *why* and `how`

        ## Same
        ## Same

        ```
        # no heading, [no link](nowhere.md)
        ```
        """

    private func violations(_ text: String) -> [String] {
        let file = SourceFile(path: "docs/index.md", text: text)
        let others = [SourceFile(path: "docs/page.md", text: page), SourceFile(path: "Makefile", text: "")]
        let checkout = Checkout(files: others + [file])
        return MarkdownRules.deadLinks(file, in: checkout).map(\.description)
    }

    @Test(
        "A dead link is a violation",
        arguments: [
            "[a](gone.md)", "![a](gone.png)", "[a](../docs/gone.md \"title\")", "[a](../../Makefile)",
            "[a](#gone)",
            "[a](page.md#gone)", "[a]: gone.md", "[a](page.md#no-heading-no-link)",
            "[a](page.md), [b](gone.md)",
        ]
    )
    func dead(text: String) {
        let violations = self.violations("# Index\n\(text)\n")
        #expect(violations.count == 1)
        #expect(violations.first?.hasPrefix("docs/index.md:2: ") == true)
    }

    @Test(
        "A live link is none",
        arguments: [
            "[a](page.md)", "[a](../Makefile)", "[a](/Makefile)", "[a](../docs/)", "[a](#index)",
            "[a](page.md#same-1)",
            "[a](page.md#the-page-why-and-how)", "[a](https://example.com/gone)", "[a](mailto:a@example.com)",
            "`[a](gone.md)`", "[a]: page.md#same", "[a] (gone.md)", "```\n[a](gone.md)\n```",
        ]
    )
    func live(text: String) {
        #expect(violations("# Index\n\(text)\n") == [])
    }
}
