"""Answers of the server that come late, for tests of what a page does in the meantime."""


class Delay:
    """Hold back a page's questions of a kind, such as "arrows", until they may be answered."""

    def __init__(self, page, kind):
        self.page, self.address = page, f"**/api/*/{kind}"
        self.routes = []
        page.route(self.address, lambda route: self.routes.append(route))

    def wait(self, count=1):
        """Wait until so many questions are held back."""
        for _ in range(1000):
            if len(self.routes) >= count:
                return
            self.page.wait_for_timeout(10)
        raise AssertionError(f"the page has asked {len(self.routes)} of {count} questions")

    def answer(self):
        """Let the questions be answered in their order, and hold back the next ones."""
        while self.routes:
            self.routes.pop(0).continue_()

    def end(self):
        """Let all questions be answered, from now on at once."""
        self.answer()
        self.page.unroute(self.address)
