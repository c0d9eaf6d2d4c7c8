"""What reached the team on paper of the consultation that is closed: letters that were typed in,
read, coded and reported on. All of it is invented."""

# Name, organisation, type, permission to publish, text.
LETTERS = (
    ("Elspeth Moor", None, "individual", "without name",
     "1. The bus fares of both parents, and a meal where the hearing lasts past noon.\n\n"
     "2. At the hearing itself, in cash. A form that is paid weeks later helps nobody.\n"),
    ("Duncan Weir", None, "individual", "name",
     "1. Fares, and the pay that is lost for half a day.\n\n"
     "2. By telephone, since I have no printer at home.\n"),
    ("Aileen Strath", None, "individual", "none",
     "1. Somebody has to mind the other children: pay for that.\n\n2. At the hearing.\n"),
    ("Rory Lennox", None, "individual", "without name",
     "1. The whole fare, not a share of it.\n\n"
     "2. Pay it before the journey. We had to borrow the money for the train.\n"),
    ("Morven Hay", None, "individual", "without name",
     "1. Fares and parking.\n\n2. One form for the whole family would be enough.\n"),
    ("Fiona Baird", None, "individual", "name",
     "1. Parking at the hospital was dearer than the fuel.\n\n2. On the telephone.\n"),
    ("Callum Roy", "Ferry Users' Group", "organisation", "name",
     "1. Islanders need a night's lodging as well as the ferry.\n\n"
     "2. The panel should book and pay, so that no family has to claim at all.\n"),
    ("Jean Sim", "Hillside Advice Centre", "organisation", "without name",
     "1. Fares, meals, lodging and the care of other children.\n\n"
     "2. Families give up on long forms: half a page is enough.\n"),
    ("Iain Todd", "Rural Transport Forum", "organisation", "name",
     "1. A taxi where there is no bus on the day.\n\n2. Through the driver, who bills the panel.\n"),
)
# A code with its definition, and the words that it is put on.
THEMES = (
    ("paid beforehand", "Costs are met before or at the hearing, not after it.",
     ("At the hearing itself, in cash.", "At the hearing.", "Pay it before the journey.",
      "The panel should book and pay, so that no family has to claim at all.")),
    ("short form", "Claiming takes little writing.",
     ("A form that is paid weeks later helps nobody.",
      "One form for the whole family would be enough.",
      "Families give up on long forms: half a page is enough.")),
    ("more than fares", "Costs beside the fares: meals, lodging, care, parking, pay.",
     ("a meal where the hearing lasts past noon", "the pay that is lost for half a day",
      "Somebody has to mind the other children: pay for that.", "Fares and parking.",
      "Parking at the hospital was dearer than the fuel.",
      "Islanders need a night's lodging as well as the ferry.",
      "Fares, meals, lodging and the care of other children.")),
)
