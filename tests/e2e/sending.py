"""An update to two hundred people that takes long enough to be interrupted."""
from e2e.house import PEOPLE

UPDATE = "---\nlist: {name}\ntitle: {name} news\n---\n\nHello to all of you.\n"


def start_sending(house, name):
    """A list of its own with everybody on it; returns the update's number."""
    house.add_list(name)
    rows = "".join(f"{person},consent\n" for person in PEOPLE)
    house.ok("subscriber", "import", name,
             house.write("people.csv", "address,basis\n" + rows))
    number = house.draft(UPDATE.format(name=name))
    house.send(name, number)
    return number


def count_sent(house, name):
    return house.query("SELECT count(*) FROM delivery d JOIN bulletin b"
                       " ON b.id = d.bulletin_id JOIN list l ON l.id = b.list_id"
                       " WHERE l.name = ? AND d.state = 'sent'", name)[0][0]


def copies(house, name):
    """{person: the mails of the update they have}"""
    return {person: [mail for mail in house.inbox(person)
                     if f"{name} news" in str(mail["Subject"])]
            for person in PEOPLE}
