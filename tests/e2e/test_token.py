"""A mailbox whose access token a command makes, through the walls around its role."""
import os

from e2e.house import MAILBOX, House, compose, wait_for
from servers.dovecot import PASSWORD

COUNTING = """#!/bin/sh
echo run >> "$(dirname "$0")/runs"
cat "$(dirname "$0")/token"
"""


class TokenHouse(House):
    """Logs in with what its command prints in place of a password."""

    def write(self, name, content):
        if name == "mercat.conf":
            script = super().write("token.sh", COUNTING)
            os.chmod(script, 0o700)
            super().write("token", PASSWORD + "\nnot this\n")
            content = content.replace(
                f'password_file = "{self.folder}/password"',
                f'auth = "xoauth2"; token_command = "{script}"')
        return super().write(name, content)

    def runs(self):
        with open(f"{self.folder}/runs", encoding="utf-8") as file:
            return len(file.readlines())


def collected(house):
    return house.query("SELECT count(*) FROM inbound")[0][0]


def test_token_of_a_command_opens_the_mailbox_each_time():
    with TokenHouse.opened() as house:
        mail = compose("bob@people.example", "team@lists.example", "one", "One.\n")
        house.dovecot.add_mails(MAILBOX, [mail])
        wait_for("the mail to be collected", lambda: collected(house) == 1, 60)
        assert house.runs() >= 1
        before = house.runs()
        house.kill_role("collect")
        house.dovecot.add_mails(MAILBOX, [mail.replace(b"One", b"Two")])
        wait_for("the second one", lambda: collected(house) == 2, 60)
        assert house.runs() > before
        house.write("token", "wrong\n")
        house.kill_role("collect")
        wait_for("its refusal", lambda: "logging in" in house.log(), 60)
