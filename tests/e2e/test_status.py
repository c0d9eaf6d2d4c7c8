"""mercat status: figures for people, as JSON, and for Prometheus, read by its own library."""
import os
import sqlite3

from prometheus_client.parser import text_string_to_metric_families

from e2e.house import DOMAIN

PLACES = f"places@{DOMAIN}"


def figures(house, *args):
    done = house.mercat("status", *args, form="json", staff=None)
    return done, {(one["name"], one["of"]): one for one in done.json["figures"]}


def metrics(house):
    """{(name, label's value): value}, as a monitor reads it."""
    text = house.ok("status", "--metrics", "-", staff=None).out
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation and family.type == "gauge", family
        for sample in family.samples:
            assert len(sample.labels) < 2, sample
            found[sample.name, next(iter(sample.labels.values()), None)] = sample.value
    return found


def change(house, sql):
    with sqlite3.connect(f"{house.folder}/state/mercat.db", timeout=60) as store:
        store.execute(sql)


def test_all_forms_say_the_same(house):
    done, said = figures(house)
    read = metrics(house)
    assert done.code == 0 and len(read) == len(said) > 12
    units = {"seconds": "_seconds", "bytes": "_bytes"}
    for (name, of), one in said.items():
        value = read[f"mercat_{name}{units.get(one['unit'], '')}", of]
        # Time and the disk go on between the two.
        assert one["unit"] in units or value == one["value"], one
    text = house.ok("status", staff=None).out
    assert all(one["what"] in text for one in said.values())


def test_what_needs_a_look_is_marked_and_a_monitor_is_told(house):
    house.ok("store", "backup", f"{house.folder}/copy.db", staff=None)
    done, said = figures(house, "--check")
    assert done.code == 0 and done.json["look"] == 0, said
    assert said["daemon_running", None]["value"] == 1
    assert said["copy_age", None]["value"] < 3600
    change(house, "INSERT INTO role (name, lost_at) VALUES ('de\"li\\ver', 1)")
    try:
        done, said = figures(house, "--check")
        assert done.code == 1 and done.json["look"] == 1, said
        assert "mercat doctor" in done.err and said["role_lost", 'de"li\\ver']["look"]
        assert metrics(house)["mercat_role_lost_seconds", 'de"li\\ver'] > 1e9
        assert figures(house)[0].code == 0
    finally:
        change(house, "DELETE FROM role WHERE lost_at = 1")


def test_file_is_whole_and_takes_the_place_of_nothing_else(house):
    path = f"{house.folder}/mercat.prom"
    house.ok("status", "--metrics", path, staff=None)
    with open(path, encoding="utf-8") as file:
        assert file.read().startswith("# HELP mercat_")
    assert os.stat(path).st_mode & 0o777 == 0o644
    refused = house.mercat("status", "--metrics", house.folder, staff=None)
    assert refused.code != 0 and refused.err.count("\n") == 1, refused
