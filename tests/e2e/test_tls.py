"""Encrypted to the last: IMAPS in, STARTTLS with a login out, and who is trusted."""
import os
import shutil

import pytest
from e2e import texts
from e2e.house import DOMAIN, MAILBOX, PEOPLE, House, compose, wait_for
from servers.ground import open_folder
from servers.postfix import Postfix

ADA = PEOPLE[0]


@pytest.fixture(name="guarded", scope="module")
def a_guarded_house():
    """As every house, but the daemon speaks TLS with both servers."""
    house = House(open_folder())
    relay = None
    try:
        house.start()
        house.ok("staff", "add", "Ada Officer", staff=None)
        house.stop_daemon()
        relay = Postfix(f"{house.folder}/guarded", house.dovecot.lmtp_port, tls=True,
                        auth_port=house.dovecot.auth_port)
        relay.start()
        house.plain = read(house.config)
        house.write("mercat.conf", encrypted(house, relay))
        house.start_daemon()
        yield house
    finally:
        house.stop()
        if relay:
            relay.stop()
        shutil.rmtree(house.folder, ignore_errors=True)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def encrypted(house, relay, imap_ca=None):
    imap_ca = imap_ca or house.dovecot.ca_file
    return "\n".join((
        house.plain.split("mailboxes")[0],
        f'mailboxes = ( {{ name = "main"; kind = "imap"; host = "localhost";'
        f' port = {house.dovecot.imaps_port}; tls = "tls"; ca_file = "{imap_ca}";'
        f' user = "{MAILBOX}"; password_file = "{house.folder}/password"; }} );',
        f'relays = ( {{ name = "main"; kind = "smtp"; host = "127.0.0.1";'
        f' port = {relay.smtp_port}; tls = "starttls"; ca_file = "{relay.certificate}";'
        f' user = "mercat"; password_file = "{house.folder}/password"; }} );'))


def test_reply_and_acknowledgement_go_encrypted(guarded):
    address = texts.open_consultation(guarded, "safewords")
    guarded.dovecot.add_mail(MAILBOX, compose(ADA, address, "safe", "Under seal.\n"))
    wait_for("the reply", lambda: guarded.responses("safewords"))
    guarded.wait_for_mail(ADA, lambda mail: "safewords-0001" in str(mail["Subject"]))


def test_server_with_another_certificate_is_not_logged_in_to(guarded):
    address = texts.open_consultation(guarded, "doubtfulwords")
    good = read(guarded.config)
    other = os.path.join(guarded.folder, "guarded")
    wrong = next(os.path.join(folder, name) for folder, _, names in os.walk(other)
                 for name in names if name.endswith(".pem") and "key" not in name)
    guarded.stop_daemon()
    guarded.write("mercat.conf", good.replace(guarded.dovecot.ca_file, wrong))
    guarded.start_daemon()
    guarded.dovecot.add_mail(MAILBOX, compose(ADA, address, "trust", "Is it you?\n"))
    wait_for("the refusal", lambda: "certificate" in guarded.log())
    assert not guarded.responses("doubtfulwords")
    guarded.stop_daemon()
    guarded.write("mercat.conf", good)
    guarded.start_daemon()
    wait_for("the reply, once it is the right one",
             lambda: guarded.responses("doubtfulwords"))


def test_certificates_that_are_replaced_are_followed(guarded):
    """A file that another was put in the place of is outside the role's walls."""
    address = texts.open_consultation(guarded, "renewed")
    good = read(guarded.config)
    mine = guarded.write("ca.pem", read(guarded.dovecot.ca_file))
    guarded.stop_daemon()
    guarded.write("mercat.conf", good.replace(guarded.dovecot.ca_file, mine))
    guarded.start_daemon()
    guarded.dovecot.add_mail(MAILBOX, compose(ADA, address, "one", "Before it.\n"))
    wait_for("the first reply", lambda: len(guarded.responses("renewed")) == 1)
    os.rename(guarded.write("ca.new", read(guarded.dovecot.ca_file)), mine)
    wait_for("another start", lambda: f"{mine} was replaced" in guarded.log())
    guarded.dovecot.add_mail(MAILBOX, compose(ADA, address, "two", "After it.\n"))
    wait_for("the second reply", lambda: len(guarded.responses("renewed")) == 2)
    guarded.stop_daemon()
    assert "collect main was killed" not in guarded.log()
    guarded.write("mercat.conf", good)
    guarded.start_daemon()


def test_clear_text_to_another_machine_is_refused(guarded):
    path = guarded.write("clear.conf", guarded.plain.replace(
        'host = "127.0.0.1"', f'host = "mail.{DOMAIN}"'))
    guarded.config, kept = path, guarded.config
    try:
        done = guarded.mercat("settings", "check", staff=None)
    finally:
        guarded.config = kept
    assert done.code == 2 and "loopback" in done.err
