"""The table, the CSV and the JSON of an audit hold its numbers."""

import csv
import io
import json

import pytest
from support.audits import small_audit
from support.json_output import COMMANDS, printed

from gridemp.report.audit_text import audit_facts, audit_table, write_audit
from gridemp.report.json_records import json_text


def test_the_table_has_a_row_for_each_estimator():
    audit = small_audit()
    first, titles, *rows = audit_table(audit).splitlines()
    truth = audit.truth.bits
    assert first == (
        f"exact information of the first action: {truth.min():.3f} to {truth.max():.3f} bits, "
        f"mean {truth.mean():.3f}; Spearman with empowerment {audit.agreement:.3f}"
    )
    assert titles.split("  ")[0] == "estimator"
    assert {len(row) for row in (titles, *rows)} == {len(titles)}
    rho = f"{audit.summary('plug-in').spearman_empowerment:.3f}"
    assert [row.split() for row in rows] == [
        ["plug-in", "+0.200", "0.141", "0.224", "1.000", rho, "-", "500", "0.50"],
        ["mine-dv", "+0.100", "0.141", "0.141", "1.000", rho, "-0.200", "500", "2.00"],
    ]
    assert str(audit) == audit_table(audit)


@pytest.mark.parametrize("moves", ["nesw", "turn"])
def test_the_csv_has_every_estimate(moves):
    audit = small_audit(moves=moves)
    stream = io.StringIO()
    write_audit(audit, stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert len(rows) == 2 * 2 * len(audit.truth.bits)
    assert ("heading" in rows[0]) == (moves == "turn")
    for row in rows:
        heading = row.get("heading")
        exact = audit.truth if heading is None else audit.truth.one_per_cell(heading)
        truth = exact.at(int(row["x"]), int(row["y"]))
        assert float(row["exact"]) == truth
        error = {"0": 0.1, "1": 0.3}[row["repeat"]] - 0.1 * (row["estimator"] == "mine-dv")
        assert float(row["estimate"]) == pytest.approx(truth + error)
        if row["estimator"] == "plug-in":
            assert row["critic"] == ""
        else:
            assert float(row["critic"]) == pytest.approx(truth - 0.2)


def test_the_facts_have_errors_and_quartiles():
    facts = json.loads(json_text(audit_facts(small_audit())))
    plain, learned = facts["estimators"]
    assert (plain["estimator"], plain["bound"]) == ("plug-in", None)
    assert learned["bound"] == pytest.approx(-0.2)
    for cell, exact in zip(plain["cells"], facts["cells"], strict=True):
        assert (cell["x"], cell["y"]) == (exact["x"], exact["y"])
        assert cell["median"] == pytest.approx(exact["exact"] + 0.2)
        assert cell["lower_quartile"] == pytest.approx(exact["exact"] + 0.15)
        assert exact["exact"] < exact["empowerment"]


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_the_json_of_an_audit_has_the_numbers_of_the_text():
    found, text = printed(COMMANDS["audit"])
    (estimator,) = found["estimators"]
    assert f"{estimator['bias']:+.3f}" in text
    assert len(found["cells"]) == len(estimator["cells"]) == 115
    assert (found["rollouts"], found["repeats"]) == (10, 2)
