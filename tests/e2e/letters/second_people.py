"""Who writes in the second set, and what they think; every one of them made up."""
from e2e.letters.first_people import at

PEOPLE = [
    at("PUGH Delyth [Staff]", "delyth.pugh@ceredwen.example",
       "Yours faithfully,\nDelyth Pugh\nUwch Swyddog / Senior Officer\nCyngor Sir Ceredwen / "
       "Ceredwen County Council\nFfôn / Tel: 01632 960201", name="Delyth Pugh",
       organisation="Cyngor Sir Ceredwen / Ceredwen County Council", type="organisation"),
    at("Cllr Ron Haddow", "cllr.haddow@westfell.example", "Cllr Ron Haddow\nWard 7", name="Ron Haddow"),
    at("Strathbeg Carers' Group", "hello@strathbegcarers.example",
       "With best wishes from all of us\n\nIsla Noble\nCoordinator, Strathbeg Carers' Group",
       name="Isla Noble", organisation="Strathbeg Carers' Group", type="organisation"),
    at("margaret.t.finch", "margaret.t.finch@post.example", "M. T. Finch (Mrs)", name="M. T. Finch"),
    at("Kofi A.", "kofi.agyeman@post.example", "Peace,\nKofi Agyeman", name="Kofi Agyeman"),
    at("Prof Lena Marsden", "l.marsden@uni.example",
       "Professor Lena Marsden PhD FRSE\nChair of Social Work\nUniversity of Lorne\n"
       "+44 1632 960210\nhttps://uni.example/lena", name="Lena Marsden",
       organisation="University of Lorne"),
    at("Website form", "no-reply@forms.example", "", name="Shona Baird",
       headers={"Reply-To": "shona.baird@post.example"}, email="shona.baird@post.example"),
    at("Haroon Siddiqui", "haroon@post.example", "-- \nHaroon Siddiqui\n22 Weir Street\nElmbank",
       name="Haroon Siddiqui"),
    at("\"Beattie, Lorna (Social Care)\"", "lorna.beattie@netherdale.example",
       "Lorna Beattie | Kinship Team Manager | Netherdale Council | 01632 960222",
       name="Lorna Beattie", organisation="Netherdale Council"),
    at("Angus", "angus.mcvey@post.example", "Yours aye\nAngus McVey", name="Angus McVey"),
    at("Policy", "policy@childrenfirst.example",
       "Eilidh Ross\nPolicy & Public Affairs Officer\nFirst Steps Scotland\n"
       "A charity registered in Scotland, SC099999", name="Eilidh Ross",
       organisation="First Steps Scotland", type="organisation"),
    at("Sr Bernadette Coyle", "bernadette@stanne.example", "God bless,\nSr Bernadette Coyle",
       name="Bernadette Coyle"),
    at("zoe_and_max", "zoeandmax@post.example", "Zoë Ferreira", name="Zoë Ferreira"),
]
STREETS = {
    1: [("Yes", "My daughter has a wheelchair and the cars stand on the dropped kerb."),
        ("No", "Our shop lives from parents who stop for 5 minutes."),
        ("Don't know", "Show us the figures from the pilot."),
        ("Yes", "It worked in Weir Street. See https://elmbank.example/pilot for the film.")],
    2: ["Blue badge holders; nobody else.",
        "The milk van, the minister and the midwife.",
        "Those who live in the street, those who care for them, and 1 taxi at a time."],
    3: ["Mornings only", "Mornings and afternoons", "All day"],
    4: [["A walking bus"], ["Safer crossings", "Bicycle stands"]],
    5: [("No", "It feels like being watched."), ("Yes", "For 6 months, then look again."),
        ("Yes", "Fines should be small.")],
    6: ["Ask the children. Nobody ever does.",
        "Gritting comes first. I fell twice on the hill last year.",
        "Diolch am y cyfle."],
}
KINSHIP = {
    1: ["A solicitor who is paid for. We spent our savings on one.",
        "Sleep! And a washing machine.",
        "Someone from the school who rings before there is trouble."],
    2: ["As the court says for fostering.", "Not by postcode. We get half of what Lorne pays.",
        "Weekly, and by age: a teenager eats more than a baby does."],
    3: ["That \"mum\" may be the wrong word.", "The date when the mother died.",
        "That we, too, come to parents' evening."],
    4: ["See our report of last year, page 4.", "I am 71 and I am tired, but she is worth it."],
}
GENERAL = {
    "streets": ["The hill is too steep for a walking bus. Whoever drew the map has never walked it. "
                "I would start with the crossing at the mill.",
                "As a bus driver I see it from above: three lanes of parents and nowhere to stop. "
                "Close it, and close it every day."],
    "kinship": ["I was a kinship child myself. My aunt had no help and I had no bed. What you are "
                "planning would have changed everything for us.",
                "You ask about money, but what broke me was the silence. Letters were answered after "
                "months and never by the same person."],
}
