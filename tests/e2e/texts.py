"""Updates, consultations and letters for the tests; every word of them made up."""
import datetime
import json

from e2e.house import DOMAIN

UPDATE = """---
list: {name}
title: {title}
topics: neglect, hearings
---

Good morning. This is what we did in the last month.

## What is new for everyone

The forum met in **Perth** and talked about [safe places](https://example.test/places).

## Neglect {{neglect}}

Marigold: the pilot ends in spring.

## Hearings {{hearings}}

Larkspur: the waiting rooms are painted.
"""
# With nothing for those who chose other topics.
ONLY_NEGLECT = """---
list: {name}
title: {title}
topics: neglect
---

## Neglect {{neglect}}

Marigold again.
"""
CONSULTATION = """---
name: {name}
title: Words about cruelty
address: {name}@{domain}
opens: {opens}
closes: {closes}
zone: Europe/London
---

The law on cruelty uses old words. We ask which ones to change.

1. Which words are no longer understood?
2. Should neglect of feelings be named in the law?
3. Anything else?
"""


def day(days_from_today):
    return str(datetime.date.today() + datetime.timedelta(days_from_today))


def consultation(name, opens=-10, closes=20):
    return CONSULTATION.format(name=name, domain=DOMAIN, opens=day(opens),
                               closes=day(closes))


def open_consultation(house, name, opens=-10, closes=20):
    """Adds and opens one; returns its address."""
    house.ok("consultation", "add",
             house.write(f"{name}.md", consultation(name, opens, closes)))
    house.ok("consultation", "open", name)
    return f"{name}@{DOMAIN}"


def payloads(shared):
    """HTML that tries to run or to load something: the one thing here that is others'."""
    with open(f"{shared}/corpora/html/dompurify.json", encoding="utf-8") as file:
        return [one["payload"] for one in json.load(file)]
