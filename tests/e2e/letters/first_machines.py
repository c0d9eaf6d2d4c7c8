"""What machines write to a consultation, and short signs of people; the first set."""
from e2e.letters.made import KINSHIP, STREETS, Letter, mail


def raw(head, body):
    return (head.strip() + "\n\n" + body).replace("\n", "\r\n").encode()


def report(kind, sender, subject, parts, more=""):
    body = "".join(f"--cut\nContent-Type: {what}\n\n{text}\n" for what, text in parts)
    return raw(f"""From: {sender}
To: {STREETS}
Subject: {subject}
Date: Mon, 30 Nov 2026 09:00:00 +0000
Message-ID: <{abs(hash(subject)) % 1000}.report@{sender.rpartition('@')[2].rstrip('>')}>
MIME-Version: 1.0
{more}Content-Type: multipart/report; report-type={kind}; boundary="cut\"""", body + "--cut--\n")


def letters():
    def auto(name, mail_bytes, kind="automatic"):
        return Letter(name, mail_bytes, {"kind": kind})

    yield auto("bounce", report("delivery-status", "MAILER-DAEMON@mx.post.example",
        "Undelivered Mail Returned to Sender", [
            ("text/plain", "I could not deliver your message to <gone@post.example>."),
            ("message/delivery-status", "Reporting-MTA: dns; mx.post.example\n\n"
             "Final-Recipient: rfc822; gone@post.example\nAction: failed\nStatus: 5.1.1\n"
             "Diagnostic-Code: smtp; 550 5.1.1 no such user\n"),
            ("text/rfc822-headers", f"From: {STREETS}\nTo: gone@post.example\nSubject: Response")],
        "Return-Path: <>\nAuto-Submitted: auto-replied\n"), "bounce")
    yield auto("read-receipt", report("disposition-notification", "Gail <gail@post.example>",
        "Read: Your response", [
            ("text/plain", "Your message was read on 30 November."),
            ("message/disposition-notification", "Reporting-UA: Mail\n"
             "Final-Recipient: rfc822; gail@post.example\n"
             "Disposition: manual-action/MDN-sent-manually; displayed\n")]))
    texts = [
        ("german-absence", "Heiko Brandt <heiko@stadt.example>", "Abwesenheitsnotiz: Bulletin",
         "Ich bin bis zum 8. Dezember nicht im Haus. Ihre Nachricht wird nicht weitergeleitet.\n",
         {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}),
        ("french-absence", "Aude Morel <aude@ville.example>", "Réponse automatique : Bulletin",
         "Je suis absente du bureau jusqu'au 4 décembre.\n", {}),
        ("welsh-absence", "Non Gruffydd <non@bryn.example>", "Allan o'r swyddfa",
         "Rwyf ar wyliau. Byddaf yn ôl ddydd Mercher. I am on leave, back on Wednesday.\n",
         {"Precedence": "auto_reply"}),
        ("bracketed", "Ian Grey <ian.grey@dunmorecouncil.example>",
         "[AutoReply] Consultation on streets", "I work Mondays and Tuesdays only. "
         "Your email will be read when I am next in.\n", {}),
        ("desk", "Service Desk <desk@dunmorecouncil.example>", "RE: Bulletin [CASE:00071233]",
         "##- Please type your reply above this line -##\n\nYour request (00071233) has been "
         "logged.\n", {"X-Auto-Response-Suppress": "OOF", "Auto-Submitted": "auto-generated"}),
        ("reaction", "Lena Brodie <lena@hearthhome.example>", "Re: We have your response",
         "Lena Brodie reacted to your message:\n👍\n", {"X-MS-Reactions": "1"}),
        ("quota", "Postmaster <postmaster@ashgrove.example>", "Your message is waiting",
         "The mailbox of drennie@ashgrove.example is full. We will try again for two days.\n",
         {"Auto-Submitted": "auto-generated", "Return-Path": "<>"}),
        ("spam-challenge", "K Lamb <k.lamb@post.example>", "Please confirm your message",
         "I use a spam filter. To have your message delivered, click the link below once.\n"
         "https://filter.example/confirm/77\n", {"Auto-Submitted": "auto-replied"}),
        ("dmarc", "noreply-dmarc@bigmail.example", "Report domain: policy.example Submitter: "
         "bigmail.example Report-ID: 118", "This is a DMARC aggregate report for policy.example.\n",
         {}),
        ("newsletter", "Parent News <news@parentnews.example>", "This week in parenting",
         "Ten warm coats for under 40 pounds, and our winter recipes.\n\nYou get this because you "
         "subscribed. Unsubscribe: https://parentnews.example/u\n",
         {"List-Unsubscribe": "<https://parentnews.example/u>", "Precedence": "bulk"}),
    ]
    for name, sender, subject, text, headers in texts:
        yield auto(name, mail(sender, KINSHIP if len(name) % 2 else STREETS, subject, text,
                              headers=headers),
                   "advertisement" if name == "newsletter" else "automatic")
