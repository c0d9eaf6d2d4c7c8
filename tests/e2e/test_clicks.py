"""Twenty common tasks are done in Chromium in no more clicks and keys than doc/clicks.md says."""
from e2e import clicks


def test_no_task_takes_more_than_the_table_says_or_than_before():
    said = clicks.told()
    assert list(said) == [name for name, _, _ in clicks.TASKS] and len(said) == 20
    with clicks.demo() as folder:
        counts = clicks.count(clicks.origin_of(folder), "/staff", clicks.password_of(folder))
    for name, (mouse, keys, before) in said.items():
        assert counts[name] == (mouse, keys), name
        assert before is None or mouse + keys <= before, name
    both = [name for name, (_, _, before) in said.items() if before is not None]
    assert sum(sum(counts[name]) for name in both) <= 0.75 * sum(said[name][2] for name in both)
