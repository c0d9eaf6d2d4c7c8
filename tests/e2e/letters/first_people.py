"""Who writes in the first set, and what they think; every one of them made up."""
from dataclasses import dataclass


@dataclass
class Person:
    sender: str
    signed: str
    name: str
    organisation: str = None
    type: str = None	# None: it cannot be known
    headers: dict = None
    email: str = None


def at(shown, address, signed, **more):
    return Person(f"{shown} <{address}>" if shown else address, signed, **more)


PEOPLE = [
    at("Catrin Prosser", "catrin.prosser@bryn.example",
       "Diolch yn fawr\nCatrin Prosser", name="Catrin Prosser"),
    at("", "dmclaren57@loch.example", "Kind regards,\n\nDougie McLaren", name="Dougie McLaren"),
    at("Sent-in", "okoro.family@post.example", "Many thanks\n\nMrs Ngozi Okoro\n14 Tannery Lane",
       name="Ngozi Okoro"),
    at("\"Whitelaw, Grant\"", "grant.whitelaw@netherdale.example",
       "Grant Whitelaw\nTeam Leader, Road Safety\nNetherdale Council\nTown House, High Street\n"
       "Netherdale ND1 1AA\nT: 01632 960101\nwww.netherdale.example\n\n"
       "This email may contain confidential information. If you are not the intended recipient "
       "please delete it and tell the sender.",
       name="Grant Whitelaw", organisation="Netherdale Council", type="organisation"),
    at("Priya Raman", "priya@walkwell.example",
       "Best wishes\nPriya Raman (she/her)\nPolicy Manager\nWalkWell Trust\n"
       "Registered charity no. 1199990\nTwitter: @walkwell", name="Priya Raman",
       organisation="WalkWell Trust", type="organisation"),
    at("Dr Ailsa Bain", "ailsa.bain@riversurgery.example",
       "Dr Ailsa Bain MBChB MRCGP\nGP Partner\nRiver Street Surgery\n01632 960144",
       name="Ailsa Bain", organisation="River Street Surgery"),
    at("Tomasz W", "tomasz@post.example", "Thanks\nTomasz Wiśniewski\n\nSent from my iPhone",
       name="Tomasz Wiśniewski"),
    at("Seonaid Nic an t-Saoir", "seonaid@eilean.example",
       "Le gach deagh dhùrachd\nSeonaid Nic an t-Saoir", name="Seonaid Nic an t-Saoir"),
    at("office", "office@larkhillpc.example",
       "Yours faithfully\n\nHelen Tranter\nClerk to Larkhill Parent Council\n"
       "on behalf of Larkhill Parent Council", name="Helen Tranter",
       organisation="Larkhill Parent Council", type="organisation"),
    at("Bea O'Dowd", "bea.odowd@post.example", "Bea", name="Bea O'Dowd"),
    at("J Abernethy", "j.abernethy@post.example", "--\nJohn Abernethy\nretired headteacher",
       name="John Abernethy"),
    at("Yusuf Karim", "yusuf@eastsidecabs.example",
       "Regards,\n\nYusuf Karim\nManaging Director\nEastside Cabs Ltd\nUnit 4, Mill Road\n"
       "Company number 0999999", name="Yusuf Karim", organisation="Eastside Cabs Ltd",
       type="organisation"),
    at("Freya Lindqvist-Hall", "freyalh@post.example", "Warm regards\nFreya Lindqvist-Hall",
       name="Freya Lindqvist-Hall"),
    at("Rev. Samuel Ode", "rector@stbride.example",
       "Every blessing\nRev. Samuel Ode\nRector\nSt Bride's Church, Elmbank", name="Samuel Ode",
       organisation="St Bride's Church, Elmbank"),
    at("Consultations", "consultations@pedalforum.example",
       "Submitted on behalf of the Pedal Forum\n\nContact: Oliver Strang\n"
       "oliver@pedalforum.example", name="Oliver Strang", organisation="Pedal Forum",
       type="organisation"),
    at("Mhairi Dunbar", "mhairi.dunbar@post.example", "Mhairi Dunbar\n(mother of two)",
       name="Mhairi Dunbar"),
    at("k.pryce", "k.pryce@post.example", "Yours sincerely\n\nKeith Pryce\nElmbank", name="Keith Pryce"),
    at("Anita Desai-Brown via Elmbank Parents", "parents@lists.elmbank.example",
       "Anita Desai-Brown", name="Anita Desai-Brown",
       headers={"Reply-To": "Anita Desai-Brown <anita@post.example>",
                "Sender": "parents-bounces@lists.elmbank.example",
                "List-Id": "<parents.lists.elmbank.example>"}, email="anita@post.example"),
    at("Ewan Petrie", "ewan.petrie@post.example", "", name="Ewan Petrie"),
    at("Leona Marsh", "lmarsh@hillfootprimary.example",
       "Leona Marsh\nHead Teacher\nHillfoot Primary School\nSchool Road, Hillfoot HF3 9ZZ\n"
       "Tel 01632 960177 | hillfootprimary.example", name="Leona Marsh",
       organisation="Hillfoot Primary School"),
    at("Gwilym ap Rhys", "gwilym@bryn.example", "Cofion gorau\n\nGwilym ap Rhys\nBryn-coch",
       name="Gwilym ap Rhys"),
    at("Dale & Wendy Foster", "thefosters@post.example", "Dale Foster", name="Dale Foster"),
]
STREETS = {
    1: [("Yes", "Our road is a race track at ten to nine and somebody will be hurt."),
        ("No", "Parents who work shifts have no choice but to drive."),
        ("Don't know", "I would want to see what happened in other towns first."),
        ("Yes", "The air is better. My son's asthma has been much milder since our school tried "
                "it for 3 weeks in 2024."),
        ("No", "It only moves the traffic to Mill Road, where 2 nurseries stand."),
        ("Yes", "Children can walk side by side for once. The crossing guard agrees with me.")],
    2: ["Residents, carers and anybody with a blue badge.",
        "Ambulances and the school bus, nobody else.",
        "People who live there. Also district nurses: they cannot carry their bags that far.",
        "Delivery vans before 8.30 only.",
        "Nobody at all. A closed street is a closed street.",
        "Taxis that carry disabled pupils, and we would ask for a list that is kept by the school."],
    3: ["Mornings only", "Mornings and afternoons", "All day", "Afternoons only"],
    4: [["Safer crossings"], ["Bicycle stands", "A walking bus"],
        ["Safer crossings", "Car sharing"], ["A walking bus"]],
    5: [("Yes", "Without them nobody will take the signs seriously."),
        ("No", "A camera never showed a child how to cross."),
        ("Yes", "But the money must go back to the schools."),
        ("No", "I do not trust who would look at the pictures."),
        ("Don't know", "It depends on the cost.")],
    6: ["Please mend the pavement at the chapel first.",
        "We were not told of this by the school; only by a neighbour.",
        "Thank you for asking us. It is the first time that anybody has.",
        "Could the lollipop man have his job back?",
        "Winter is the hard part. In June everybody walks."],
}
KINSHIP = {
    1: ["Somebody to ring at night. The first month nobody told me anything.",
        "Money for a bed and a coat, at once and not after forms.",
        "A named social worker who stays longer than six weeks.",
        "Legal advice. Most of our members signed papers that they did not understand.",
        "Time off work. My employer gave me 2 days."],
    2: ["By what the child needs and not by who the carer is.",
        "Equally between foster carers and kinship carers.",
        "I do not think that it should be shared at all; each family's case is its own.",
        "Half at the start of the year, and half when the school year begins.",
        "According to the number of children. Ours are 3."],
    3: ["That grandma is who they should telephone.",
        "That a child may be grieving for a parent who is alive.",
        "Mother's Day cards hurt. Please train the teachers.",
        "They should know who holds parental rights. In our surgery we see the muddle weekly.",
        "Nothing more than the family wants to tell."],
    4: ["My granddaughter is doing well and I would do it all again.",
        "Please publish the report in Gaelic too.",
        "We would be glad to bring two carers to speak to you.",
        "No."],
}
GENERAL = {
    "streets": ["I have lived beside the school for forty years. I have never seen the street so "
                "full of cars as this autumn, and I welcome anything that makes it quieter.",
                "I object to these proposals. My father is eighty-four and I drive to him twice a "
                "day, and nobody has said how I would get there.",
                "We tried it in our village in spring. In the first week there was shouting. In "
                "the third week the children were playing football where the cars had stood.",
                "Nid yw hyn yn syniad da. The lanes here are too narrow for the traffic that would "
                "be pushed on to them."],
    "kinship": ["I took in my two nephews in 2019. There was no allowance, no bed and no advice, "
                "and I would still say yes again if I were asked.",
                "What hurts most is being treated like a stranger at the school gate. I am not "
                "\"just the granny\"; I am who they come home to.",
                "Tha mi a' toirt taic don phlana. Carers in the islands are far from every office "
                "and need help by telephone."],
}
