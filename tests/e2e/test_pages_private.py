"""Who finds a list on the web: every address of the public's pages, walked for a list that
is private, one that is unlisted and one that is public."""
import hashlib
import os
import re

import pytest

from e2e.house import text_of
from e2e.pages import BASE, UPDATE, Site
from e2e.test_staff_bulletins import PNG

# Words that stand on the list's pages and nowhere else.
WORDS = ("Quillwort", "Bryony", "Marigold", "Larkspur", "secretgroup")
ROUTE = re.compile(r"\{WEB_GET, \"(/[^\"]*)\"")
PICTURE = hashlib.sha256(PNG).hexdigest()


def addresses():
    """Each GET of src/public/public_routes.c, with what the list could be found by."""
    with open(f"{os.environ['MERCAT_SRCDIR']}/src/public/public_routes.c", encoding="utf-8") as file:
        paths = ROUTE.findall(file.read())
    assert len(paths) > 20
    for path in paths:
        path = path.replace(":list", "secretgroup").replace(":number", "1")
        path = path.replace(":hash", PICTURE + ".png").replace(":name", "secretgroup")
        yield path.replace(":token", "secretgroup").replace(":response", "secretgroup")


def hidden(body):
    """What a page says but for the address that it was asked by."""
    return [word for word in WORDS if word in body.replace("/secretgroup/secretgroup", "")]


@pytest.fixture(name="site", scope="module")
def a_site():
    with Site.opened() as site:
        site.add_list("secretgroup", "Quillwort papers", closed=True, topics="neglect,hearings")
        site.ok("list", "describe", "secretgroup", "About Bryony alone.")
        site.subscribe("secretgroup", "reader@example.test")
        picture = site.write("room.png", PNG)
        number = site.draft(UPDATE.format(name="secretgroup", title="Bryony",
                                          summary="Quillwort in short")
                            + "\n![A painted room](room.png)\n")
        site.ok("bulletin", "attach", "secretgroup", number, picture)
        site.send("secretgroup", number)
        site.wait_until_sent("secretgroup", number)
        yield site


def shown(site):
    """{path: status} of those pages that say a word of the list or show its picture."""
    found = {}
    for path in addresses():
        answer = site.get(path)
        assert answer.status < 500, path
        body = answer.body.decode("latin-1")
        if answer.body == PNG or (answer.status == 200 and hidden(body)):
            found[path] = answer.status
        else:
            assert not [word for word in WORDS[:4] if word in body], path
    return found


OF_LIST = {"/lists/secretgroup", "/lists/secretgroup/feed.xml", "/lists/secretgroup/join",
           "/lists/secretgroup/1", f"/image/{PICTURE}.png"}


def test_closed_list_is_private_on_every_page(site):
    assert site.json("list", "show", "secretgroup")["visibility"] == "private"
    assert shown(site) == {}
    for path in OF_LIST - {f"/image/{PICTURE}.png"}:
        assert site.get(path).body == site.get(path.replace("secretgroup", "other")).body \
            .replace(b"other", b"secretgroup"), path
        assert site.get(path).status == 404
    asked = site.post("/lists/secretgroup/join", {"address": "ada@example.test"})
    assert asked.status == 404
    assert site.state_of("secretgroup", "ada@example.test") is None


def test_mails_of_a_private_list_lead_to_no_page_that_is_not_there(site):
    mail, = site.mails("reader@example.test")
    assert "/lists/" not in text_of(mail) + mail.as_string()
    assert f"{BASE}/leave/" in text_of(mail)


def test_unlisted_list_is_found_by_its_address_alone(site):
    site.ok("list", "visibility", "secretgroup", "unlisted")
    assert set(shown(site)) == OF_LIST


def test_public_list_is_found_everywhere(site):
    site.ok("list", "visibility", "secretgroup", "public")
    assert set(shown(site)) == OF_LIST | {"/", "/privacy"}
    again = site.mercat("list", "visibility", "secretgroup", "public")
    assert again.code != 0 and "already" in again.err
    wrong = site.mercat("list", "visibility", "secretgroup", "secret")
    assert wrong.code != 0 and "public, unlisted or private" in wrong.err
    site.ok("list", "visibility", "secretgroup", "private")
    assert shown(site) == {}
