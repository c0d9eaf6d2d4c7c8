"""The two servers that the end-to-end tests stand on do what those tests rely on."""
import imaplib
import smtplib
import ssl
import time

import pytest

from servers.dovecot import PASSWORD, Dovecot
from servers.postfix import Postfix

USERS = [f"u{number:03}@example.test" for number in range(1, 201)]
LIST = "cpip+leave-abc123@updates.example.test"


@pytest.fixture(scope="module")
def dovecot(folder):
    server = Dovecot(f"{folder}/dovecot", users=USERS,
                     catch_all={"updates.example.test": "mercat"})
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(scope="module")
def postfix(folder, dovecot):
    server = Postfix(f"{folder}/postfix", dovecot.lmtp_port)
    try:
        yield server.start()
    finally:
        server.stop()


def read(dovecot, user):
    box = imaplib.IMAP4("127.0.0.1", dovecot.imap_port)
    box.login(user, PASSWORD)
    box.select("INBOX", readonly=True)
    numbers = box.search(None, "ALL")[1][0].split()
    mails = [box.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in numbers]
    box.logout()
    return mails


def wait_for_mail(dovecot, user, mark, seconds=300):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for mail in read(dovecot, user):
            if mark in mail:
                return mail
        time.sleep(0.02)
    raise AssertionError(f"no mail with {mark} for {user}")


def send(postfix, sender, recipients, mark):
    with smtplib.SMTP("127.0.0.1", postfix.smtp_port) as relay:
        return relay.sendmail(sender, recipients,
                              b"Subject: " + mark + b"\r\n\r\nhello\r\n")


def test_mail_sent_can_be_read(postfix, dovecot):
    send(postfix, "a@example.test", [USERS[199]], b"warm-up")
    wait_for_mail(dovecot, USERS[199], b"warm-up")
    send(postfix, "a@example.test", [USERS[0]], b"quick")
    wait_for_mail(dovecot, USERS[0], b"quick")


def test_each_of_200_mailboxes_gets_its_mail(postfix, dovecot):
    with smtplib.SMTP("127.0.0.1", postfix.smtp_port) as relay:
        for user in USERS:
            relay.sendmail("a@example.test", [user],
                           f"Subject: for {user}\r\n\r\nhello\r\n".encode())
    for user in USERS:
        mail = wait_for_mail(dovecot, user, f"Subject: for {user}".encode(), 20)
        assert f"Delivered-To: {user}".encode() in mail


def test_plus_address_is_kept_in_the_catch_all_mailbox(postfix, dovecot):
    send(postfix, "a@example.test", [LIST], b"plus")
    mail = wait_for_mail(dovecot, "mercat", b"Subject: plus")
    assert b"Delivered-To: " + LIST.encode() in mail


def test_unknown_address_bounces_to_the_envelope_sender(postfix, dovecot):
    sender = "cpip+b-token9@updates.example.test"
    send(postfix, sender, ["nobody.here@example.test"], b"lost")
    mail = wait_for_mail(dovecot, "mercat", b"Status: 5.1.1")
    assert b"Return-Path: <>" in mail
    assert b"Delivered-To: " + sender.encode() in mail
    assert b"report-type=delivery-status" in mail


@pytest.mark.parametrize("local, code", (("refused1", 550), ("later1", 450)))
def test_some_recipients_are_refused_at_once(postfix, local, code):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(postfix, "a@example.test", [f"{local}@example.test"], b"no")
    assert refused.value.recipients[f"{local}@example.test"][0] == code


def test_added_mail_is_read_back_byte_for_byte(dovecot):
    content = b"Subject: bytes\r\n\r\n\xff\x80 high and low\r\n"
    dovecot.add_mail(USERS[7], content)
    assert content in read(dovecot, USERS[7])


def test_wrong_password_is_refused(dovecot):
    box = imaplib.IMAP4("127.0.0.1", dovecot.imap_port)
    with pytest.raises(imaplib.IMAP4.error):
        box.login(USERS[0], "wrong")
    box.shutdown()


def test_login_and_encryption_are_asked_for_when_set(folder, dovecot):
    server = Postfix(f"{folder}/guarded", dovecot.lmtp_port, tls=True,
                     auth_port=dovecot.auth_port, slow="^u003@")
    try:
        server.start()
        context = ssl.create_default_context(cafile=server.certificate)
        with smtplib.SMTP("127.0.0.1", server.smtp_port) as relay:
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                relay.sendmail("a@example.test", [USERS[0]], b"Subject: no\r\n\r\n")
        with smtplib.SMTP("127.0.0.1", server.smtp_port) as relay:
            relay.starttls(context=context)
            relay.login("mercat", PASSWORD)
            relay.sendmail("a@example.test", [USERS[1]], b"Subject: safe\r\n\r\n")
            began = time.monotonic()
            relay.sendmail("a@example.test", [USERS[2]], b"Subject: slow\r\n\r\n")
            assert time.monotonic() - began >= 1, "slow recipients take a second"
        wait_for_mail(dovecot, USERS[1], b"Subject: safe")
    finally:
        server.stop()
