"""Answers to a confirmation through the daemon, as mail programs send them: bytes in, and what
became of the request out. What the daemon's own reader hands on is all that is judged."""
import base64
import email.utils
import re

import pytest

from e2e.house import DOMAIN, lines_of, wait_for
from e2e.staff import StaffSite, demo

TEXT = "Content-Type: text/plain; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"
REFUSES = "No, remove me. I never asked for this."


def head(question, sender):
    to = email.utils.parseaddr(str(question["Reply-To"]))[1]
    return (f"Return-Path: <{sender}>\r\nFrom: Pat Person <{sender}>\r\nTo: {to}\r\n"
            f"Subject: Re: {question['Subject']}\r\n"
            f"Message-ID: {email.utils.make_msgid(domain='post.example')}\r\n"
            f"In-Reply-To: {question['Message-ID']}\r\nMIME-Version: 1.0\r\n").encode()


def crlf(text):
    return text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode()


def quoted(question):
    return (f"On {question['Date']}, {question['From']} wrote:\n"
            + "\n".join("> " + line for line in lines_of(question).splitlines()) + "\n")


def shown(question):
    """The quote as programs set it in HTML."""
    html = question.get_body(("html",)).get_content()
    inner = html[html.index("<body"):html.index("</body>")]
    return ('<div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
            f"On {question['Date']}, {question['From'].replace('<', '&lt;')} wrote:<br></div>"
            '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid '
            f'#ccc;padding-left:1ex">{inner[inner.index(">") + 1:]}</blockquote></div>')


def plain(words, kind=TEXT):
    """words: text, or bytes; "{}" in it is the question, quoted."""
    def make(question):
        said = words.replace("{}", quoted(question)) if isinstance(words, str) else words
        return crlf(kind + "\n\n") + crlf(said) + b"\r\n"
    return make


def parts(kind, *all_parts):
    def make(question):
        out = crlf(f"Content-Type: multipart/{kind}; boundary=BB\n\n")
        for part in all_parts:
            out += b"--BB\r\n" + part(question)
        return out + b"--BB--\r\n"
    return make


def both(text, html):
    """As Gmail does it: plain text and HTML, the question quoted in each."""
    return parts("alternative", plain(text + "\n\n{}"), lambda question: crlf(
        f"{HTML}\n\n<div dir=\"ltr\">{html}</div><br>{shown(question)}\n"))


def page(html):
    return plain(html, HTML)


def changed(old, new, top=""):
    """The quote, in the text and in the HTML, with one of its sentences changed."""
    def make(question):
        text, html = quoted(question), shown(question)
        assert old in text and old in html
        return parts("alternative", plain(top + "\n\n" + text.replace(old, new)),
                     page(top + html.replace(old, new)))(question)
    return make


def nested(depth, words):
    def make(_):
        out = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
                      for n in range(depth))
        return crlf(f"{out}{TEXT}\n\n{words}\n"
                    + "".join(f"--b{n}--\n" for n in reversed(range(depth))))
    return make


def base64_of(content, kind):
    return plain(base64.b64encode(content), f"{kind}\nContent-Transfer-Encoding: base64")


IMAGE = ("Content-Type: image/png; name=logo.png\nContent-ID: <logo>\n"
         "Content-Disposition: inline\nContent-Transfer-Encoding: base64")
YES = {
    "plain": plain("Yes"),
    "nothing but the quote": plain("{}"),
    "nothing at all": plain(""),
    "gmail": both("Yes", "Yes"),
    "gmail, the quote alone": both("", "<br>"),
    "html alone": page("<p>Yes, please.</p>"),
    "word": page(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head>"
        "<meta name=Generator content=\"Microsoft Word 15\"><!--[if !mso]><style>v\\:* "
        "{behavior:url(#default#VML);}</style><![endif]--><style><!-- p.MsoNormal "
        "{margin:0cm;font-family:\"Calibri\",sans-serif;} --></style><!--[if gte mso 9]>"
        "<xml><o:shapedefaults v:ext=\"edit\" spidmax=\"1026\" /></xml><![endif]--></head>"
        "<body lang=EN-GB link=\"#0563C1\" style='word-wrap:break-word'><div "
        "class=WordSection1><p class=MsoNormal>Yes please<o:p></o:p></p></div></body></html>"),
    "a signature": plain("Yes\n\n-- \nPat Person\nHead Teacher | Larchfield\n\n{}"),
    "a device": plain("Yes\n\nSent from my iPhone\n\n{}"),
    "a device alone": plain("Sent from my iPhone\n\n{}"),
    "a banner alone": plain("CAUTION: This email originated from outside of the organization. "
                            "Do not click links or open attachments unless you recognize the "
                            "sender and know the content is safe.\n\n{}"),
    "outlook": lambda question: crlf(
        f"{TEXT}\n\nYes\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n"
        f"________________________________\nFrom: {question['From']}\nSent: Monday, "
        f"November 30, 2026 9:00 AM\nTo: Pat Person <{question['To']}>\n"
        f"Subject: {question['Subject']}\n\n{lines_of(question)}\n"),
    "apple": lambda question: crlf(
        f"{TEXT}\n\nYes please\n\nSent from my iPad\n\n> On 29 Nov 2026, at 14:00, "
        + "\n> ".join(quoted(question).split(", ", 1)[1].splitlines()) + "\n"),
    "thunderbird": lambda question: crlf(
        f"{TEXT}\n\nI confirm.\n\nOn 29/11/2026 14:00, "
        f"{email.utils.parseaddr(str(question['From']))[0]} wrote:\n"
        + quoted(question).split("\n", 1)[1]),
    "a thumb": plain("\U0001F44D\n\n{}"),
    "good morning": plain("Good morning\n\nYes\n\nMany thanks\n\n{}"),
    "a name below": plain("Confirmed. Thanks, Pat\n\n{}"),
    "a logo": parts("related", page("<p>Yes</p><p><img src=cid:logo></p>"),
                    base64_of(b"\x89PNG", IMAGE)),
}
# Each shows a person something else than its text tells.
NOT_YES = {
    "yes, html no": both("Yes", REFUSES),
    "quote, html no": both("", REFUSES),
    "quote, html asks": both("", "Who gave you my address?"),
    "yes, html struck": both("Yes", "<s>Yes</s>"),
    "yes, html is a picture": both("", "<img src=cid:no>"),
    "a remote picture": page("<p><img src='https://post.example/no.png'></p>"),
    "yes beside a picture's words": page("yes <img src=cid:x title='No, never'>"),
    "a comment without an end": page("<!-- No, never"),
    "a style without an end": page("<style>p{} No, never"),
    "a title without an end": page("<title>No, never"),
    "a title": page("<html><head><title>No, never</title></head><body></body></html>"),
    "a style that speaks": page("<style>p:before{content:'No'}</style><p></p>"),
    "a frame": page("<iframe srcdoc='No'></iframe>"),
    "a drawing": page("<svg><text>No</text></svg>"),
    "an object": page("<object data='x'>No</object>"),
    "a template": page("<template>No</template>"),
    "a field": page("<input value='No, never'>"),
    "a box that is not ticked": page("<input type=checkbox> yes"),
    "one program's comment": page("<!--[if mso]><p>No</p><![endif]-->"),
    "a link without words": page("<a href='mailto:x' title='No never'></a>"),
    "html before its time": page("Yes</html><script>No</script>"),
    "html behind its end": page("<html><body>Yes, please.</body></html>No"),
    "a second html": page("<html><body>Yes</body></html><html><body>Never</body></html>"),
    "a watch's html": parts("alternative", plain("", "Content-Type: text/x-amp-html")),
    "enriched": plain("<param>No, never</param>", "Content-Type: text/enriched"),
    "101 levels": nested(101, REFUSES),
    "2,000 empty parts": parts("mixed", *[plain("")] * 2000, plain(REFUSES)),
    "behind the last boundary": lambda question: parts("mixed", plain(""))(question)
    + crlf(REFUSES + "\n"),
    "cut off": lambda _: crlf("Content-Type: multipart/alternative; boundary=aa\n\n--aa\n"
                              f"{TEXT}\nContent-Transfer-Encoding: base64\n\n"),
    "bad base64": plain("!!!!", f"{TEXT}\nContent-Transfer-Encoding: base64"),
    "an encoding that nobody knows": plain("", f"{TEXT}\nContent-Transfer-Encoding: x-no"),
    "ebcdic": base64_of("No, never asked".encode("cp037"),
                        "Content-Type: text/plain; charset=ibm037"),
    "ebcdic as ascii": base64_of("No, never asked".encode("cp037"),
                                 "Content-Type: text/plain; charset=us-ascii"),
    "a file that says no": parts("mixed", plain("Yes"), plain(
        "No", f"{TEXT}; name=no.txt\nContent-Disposition: attachment")),
    "no below the signature mark": plain("-- \nPat Person\n\nNo"),
    "yes, and no below the mark": plain("Yes\n\n{}\n-- \nNo Way"),
    "on behind a device": plain("Sent from my iPhone and please do not add me\n\n{}"),
    "on behind a device, below yes": plain("Yes\n\nSent from Outlook, not by me\n\n{}"),
    "on behind a banner": plain("CAUTION: external. I did not request this\n\n{}"),
    "in an attribution": lambda question: crlf(
        f"{TEXT}\n\nOn 1 Jan 2026 at 10:00, I refused this and wrote:\n"
        + quoted(question).split("\n", 1)[1]),
    "an address alone": plain("pat.other@home.example"),
    "a page alone": plain("https://home.example/no"),
    "a mark alone": plain("____"),
    "a yes that begins with no": plain("No problem, I confirm."),
    "two subjects": plain("", f"Subject: No, never\n{TEXT}"),
    "behind the end of the page": page("<html><body>Yes</body></html>No"),
    "hidden from some": page("Yes<p hidden>No</p>"),
    "a list's mark": page("<li style='list-style-type:\"No\"'></li>"),
    "a sign alone": plain("\u2013\n\n{}"),
    "a sign at our sentence": changed("If it was not you", "\U0001F44E If it was not you"),
    "our sentence shouted": changed("If it was not you", "IF IT WAS NOT YOU", "Yes"),
    "ours left out": changed("Or answer this email:", ""),
    "ours marked": lambda question: page(shown(question).replace(
        "If it was not you", "<mark>If it was not you</mark>"))(question),
    "ours highlighted": lambda question: page(shown(question).replace(
        "If it was not you", "<span style='background:yellow'>If it was not you</span>"))(
            question),
    "a sound": base64_of(b"RIFF", "Content-Type: audio/wav"),
}


@pytest.fixture(scope="module")
def became():
    """{name: (state, taken as)} of every answer above, all in one run of the daemon."""
    cases = [*YES.items(), *NOT_YES.items()]
    people = {name: f"p{n}@d{n}.example" for n, (name, _) in enumerate(cases)}
    with StaffSite.opened() as site:
        site.add_list("cpip", "Child Protection Update", topics="neglect,hearings")
        site.put(*(demo.mail(f"Pat Person <{who}>", "join", "Please add me.\n",
                             to=f"cpip+join@{DOMAIN}") for who in people.values()))
        wait_for("the questions", lambda: all(site.mails(who) for who in people.values()), 60)
        before = site.posted
        site.put(*(head(site.mails(people[name])[-1], people[name])
                   + make(site.mails(people[name])[-1]) for name, make in cases))
        states = dict(site.query("SELECT p.address, s.state FROM person p "
                                 "JOIN subscription s ON s.person_id = p.id"))
        taken = [row for row, in site.query(
            f"SELECT taken_as || ': ' || why FROM inbound WHERE id > {before} ORDER BY id")]
        yield {name: (states[who], taken[n]) for n, (name, who) in enumerate(people.items())}


@pytest.mark.parametrize("name", YES)
def test_yes_confirms(became, name):
    assert became[name][0] == "active", became[name]


@pytest.mark.parametrize("name", NOT_YES)
def test_what_shows_more_than_its_text_confirms_nothing(became, name):
    assert became[name][0] != "active", became[name]


def test_words_of_others_to_a_leave_address_are_seen_and_take_nobody_off():
    """A bulletin is passed on; who gets it answers its leave address with what matters more."""
    told = "My neighbour hurts his boy every night. Please help.\n"
    with StaffSite.opened() as site:
        site.add_list("cpip", "Child Protection Update", topics="neglect,hearings")
        for who in ("ann@post.example", "cat@post.example"):
            site.subscribe("cpip", who)
        site.publish("cpip", "One")
        addresses = [re.search(r"mailto:([^?>]+)", str(site.mails(who)[-1]["List-Unsubscribe"]))[1]
                     for who in ("ann@post.example", "cat@post.example")]
        site.put(demo.mail("Bob <bob@home.example>", "Re: One", told, to=addresses[0]),
                 demo.mail("Cat <cat@post.example>", "Re: One", "", to=addresses[1]))
        assert dict(site.query("SELECT p.address, s.state FROM person p JOIN subscription s "
                               "ON s.person_id = p.id")) == {
            "ann@post.example": "active", "cat@post.example": "unsubscribed"}
        taken, why, risk = site.query(
            "SELECT i.taken_as, i.why, i.at_risk FROM inbound i JOIN parsed p "
            "ON p.inbound_id = i.id WHERE p.from_address = 'bob@home.example'")[0]
        assert taken == "unsorted" and "from another address" in why and risk == 1
