from gridemp.progress import ignore, part_of


def test_parts_of_the_work_follow_each_other():
    reported = []
    for index in range(4):
        part = part_of(reported.append, index, 4)
        part(0.5)
        part(1.0)
    assert reported == [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0]


def test_parts_have_parts():
    reported = []
    part_of(part_of(reported.append, 1, 2), 1, 4)(1.0)
    assert reported == [0.75]


def test_progress_may_be_ignored():
    assert ignore(0.5) is None
