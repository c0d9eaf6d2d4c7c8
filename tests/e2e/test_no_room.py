"""A full disk: what is refused says so, keeps what was typed, and goes when there is room."""
import contextlib
import errno
import os
import re
import subprocess

import pytest

from e2e.house import DOMAIN, SOURCE, folded, wait_for
from e2e.staff import StaffSite, demo, form_of

PLACES = "/staff/consultations/places"
EDDA = "Edda Editor"


def answers(desk):
    try:
        return desk.get("/").status == 200
    except ConnectionError:
        return False


@pytest.fixture(name="desk", scope="module")
def a_desk(tmp_path_factory):
    shim = str(tmp_path_factory.mktemp("shim") / "failing.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim,
                    os.path.join(SOURCE, "tests/faults/failing_writes.c")], check=True)
    with contextlib.ExitStack() as stack:
        desk = stack.enter_context(StaffSite.opened())
        desk.furnish()
        desk.put(desk.reply(1))
        desk.put(demo.mail("S <s@post.example>", "S", "A letter.\n", to=f"cpip@{DOMAIN}"))
        desk.hire_all()
        made = desk.do(EDDA, "/staff/lists/cpip/bulletins", {"title": "Mine"})
        desk.bulletin = re.sub(r"(/edit)?(\?.*)?$", "", made.headers["location"])
        desk.flag = f"{desk.folder}/state/full"
        desk.stop_daemon()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LD_PRELOAD", shim)
            patch.setenv("FAIL_WHILE", desk.flag)
            patch.setenv("FAIL_WITH", str(errno.ENOSPC))
            desk.start_daemon()
        wait_for("the pages", lambda: answers(desk))
        yield desk


@contextlib.contextmanager
def a_full_disk(desk):
    with open(desk.flag, "wb"):
        pass
    try:
        yield
    finally:
        os.unlink(desk.flag)


def words(answer):
    return folded(re.sub(r"<[^>]+>", " ", answer.text.split("<main")[-1]))


TRIED = {
    "a note": (f"{PLACES}/responses/1/note", {"text": "An hour of words, a note.\n"}),
    "a forward": (f"{PLACES}/responses/1/forward",
                  {"to": "Ines Second", "note": "An hour of words, passed on.\n"}),
    "a reply": (f"{PLACES}/responses/1/reply",
                {"name": "", "subject": "Re", "text": "An hour of words, a reply.\n"}),
    "a bulletin": ("BULLETIN/edit", {"text": "An hour of words, a bulletin.\n", "title": "Mine",
                                     "summary": "s", "topics": "neglect"}),
}


@pytest.mark.parametrize("what", TRIED)
def test_what_is_refused_says_so_and_keeps_what_was_typed(desk, what):
    path, typed = TRIED[what]
    path = path.replace("BULLETIN", desk.bulletin)
    fields = dict(typed)
    if not what.endswith(("note", "forward")):
        fields = {**form_of(desk.see(EDDA, path), path.rsplit("/", 1)[1]), **fields}
    token = desk.token(EDDA)
    with a_full_disk(desk):
        answer = desk.do(EDDA, path, fields, csrf=token)
        assert answer.status == 507, (answer.status, words(answer))
        assert "The disk is full, so nothing was changed" in words(answer)
        assert next(text for text in typed.values() if "An hour" in text).strip() in words(answer)
        assert desk.see(EDDA, PLACES).status == 200
    # Sent from there once there is room.
    again = form_of(answer, path)
    again.pop("csrf", None)
    assert {**fields, **typed} == {k: v for k, v in again.items() if k in fields or k in typed}
    done = desk.do(EDDA, path, again, csrf=token)
    assert done.status == 303, (done.status, words(done))


def test_the_publics_pages_say_it_in_their_language(desk):
    with a_full_disk(desk):
        for lang, said in (("en", "The disk is full"), ("gd", "Tha an diosga làn")):
            answer = desk.post(f"/lists/cpip/join?lang={lang}", {"address": "new@post.example"})
            assert answer.status == 507 and said in words(answer), words(answer)
            assert 'value="new@post.example"' in answer.text


def test_a_password_is_in_no_page(desk):
    with a_full_disk(desk):
        answer = desk.post("/staff/sign-in", {"name": "Rae Reader", "password": "marigold-lark"})
        assert answer.status == 507 and "marigold-lark" not in answer.text
