"""The last few results are kept, as far as they are not too large together."""

from gridemp.web.server.kept import Kept


def test_results_are_computed_again_when_they_were_dropped():
    kept, computed = Kept(3, len, 10), []

    def result(text):
        def compute():
            computed.append(text)
            return text

        assert kept(text.encode(), compute) == text

    for text in ("a", "bb", "ccc", "a", "bb"):
        result(text)
    assert computed == ["a", "bb", "ccc"]
    result("d")  # a fourth: the oldest goes
    result("bb")
    result("ccc")
    assert computed == ["a", "bb", "ccc", "d", "ccc"]
    result("e" * 9)  # too large together with all but nothing
    result("e" * 9)
    result("bb")
    assert computed[5:] == ["e" * 9, "bb"]
    result("f" * 20)  # kept although it is too large
    result("f" * 20)
    assert computed[7:] == ["f" * 20]
