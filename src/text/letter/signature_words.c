/* Words by which an organisation, an office or a title is known; see signature_private.h. */
#include "text/letter/signature_private.h"
#include "base/str.h"

static const char *const organisations[] = {
	"society",        "association",  "trust",        "council",     "committee",
	"group",          "club",         "union",        "university",  "college",
	"school",         "church",       "charity",      "foundation",  "institute",
	"network",        "federation",   "forum",        "board",       "ltd",
	"limited",        "plc",          "llp",          "cic",         "company",
	"service",        "services",     "centre",       "center",      "agency",
	"authority",      "department",   "ministry",     "nhs",         "hospital",
	"alliance",       "partnership",  "users",        "growers",     "beekeepers",
	"residents",      "friends",      "bureau",       "commission",  "team",
	"organisation",   "organization", "co-operative", "cooperative", "project",
	"campaign",       "watch",        "aid",          "gmbh",        "verein",
	"gesellschaft",   "cymdeithas",   "comann",       "cyngor",      "comhairle",
	"stowarzyszenie", "fundacja",     "fundación",    "vereniging",  "stichting",
	"forening",       "förening",     "assembly",     "guild",       "chamber",
	"consortium",     "coalition",    "collective",   "panel",       "parish",
	"academy",        "library",      "museum",       "faculty",     "clinic",
	"practice",       "surgery",      "nursery",      "playgroup",   "tenants",
	"allotments",     "allotment",    "solicitors",   "chambers",    "partners",
	"international",  "helpline",     "refuge",       "movement",    "initiative",
	"mudiad",         "undeb",        "urras",        "buidheann",   "division",
	"neighbours",     "branch",       "constabulary", "police",      "fellowship",
	"diocese",        "presbytery",   "synagogue",    "mosque",      "wardens",
	"volunteers",     "farmers",      "gardeners",    "walkers",     "ramblers",
	"teachers",       "hospice",      "carers",       "parents",     "works",
	"enterprises",    "consulting",   "institution",  "laboratory",  "housing"};
static const char *const offices[] = {"secretary",
				      "treasurer",
				      "chair",
				      "chairman",
				      "chairwoman",
				      "chairperson",
				      "convener",
				      "convenor",
				      "director",
				      "manager",
				      "officer",
				      "head",
				      "clerk",
				      "president",
				      "warden",
				      "coordinator",
				      "co-ordinator",
				      "chief",
				      "executive",
				      "trustee",
				      "lead",
				      "principal",
				      "lecturer",
				      "professor",
				      "consultant",
				      "administrator",
				      "adviser",
				      "advisor",
				      "deputy",
				      "vice",
				      "assistant",
				      "councillor",
				      "solicitor",
				      "editor",
				      "founder",
				      "owner",
				      "researcher",
				      "nurse",
				      "teacher",
				      "spokesperson",
				      "ceo",
				      "representative",
				      "advocate",
				      "development",
				      "policy",
				      "senior",
				      "member",
				      "minister",
				      "worker",
				      "psychologist",
				      "headteacher",
				      "registrar",
				      "bursar",
				      "captain",
				      "commissioner",
				      "rúnaire",
				      "rùnaire",
				      "cathraiche",
				      "ysgrifennydd",
				      "cadeirydd",
				      "vorsitzender",
				      "vorsitzende",
				      "geschäftsführer",
				      "président",
				      "sekretær",
				      "planner",
				      "engineer",
				      "analyst",
				      "specialist",
				      "practitioner",
				      "inspector",
				      "steward",
				      "organiser",
				      "partner",
				      "governor",
				      "convenors",
				      "cllr",
				      "leader",
				      "dean",
				      "rector",
				      "moderator",
				      "organizer",
				      "facilitator",
				      "counsel",
				      "official",
				      "paediatrician",
				      "physician",
				      "gp",
				      "midwife",
				      "therapist",
				      "treasurer/secretary",
				      "hon",
				      "honorary",
				      "acting",
				      "interim"};
/* A part of an organisation: one that is named whole is more. */
static const char *const sections[] = {"team",     "service",    "services", "department",
				       "division", "branch",     "section",  "unit",
				       "project",  "directorate"};
/* Behind a name, with the letters of a degree. */
static const char *const degrees[] = {
	"mbe",  "obe",  "cbe",      "ba",  "ma",   "mrcgp",  "frcgp",  "mrcp",
	"frcp", "rgn",  "rn",       "rmn", "md",   "jp",     "qc",     "kc",
	"llb",  "llm",  "pgce",     "msp", "mp",   "ms",     "frsa",   "frse",
	"cqsw", "npqh", "mba",      "mph", "hons", "frcpch", "mrcpch", "mrcpsych",
	"mbbs", "bds",  "cpsychol", "dcp", "mcsp", "rcn",    "fcipd",  "mcipd"};
static const char *const boxes[] = {
	"info",         "office",   "enquiries", "contact",
	"admin",        "mail",     "reception", "hello",
	"sales",        "support",  "press",     "consultations",
	"consultation", "policy",   "responses", "post",
	"mailbox",      "noreply",  "no-reply",  "team",
	"secretariat",  "general",  "inbox",     "scanner",
	"copier",       "webform",  "web",       "website",
	"postmaster",   "email",    "user",      "me",
	"iphone",       "the",      "form",      "forms",
	"online",       "helpdesk", "scan",      "printer"};
static const char *const titles[] = {"mr",   "mrs",       "ms",   "miss", "mx",  "dr",
				     "prof", "professor", "sir",  "dame", "rev", "revd",
				     "cllr", "lord",      "lady", "the",  "hon", "fr"};

static bool among(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, list[i]))
			return true;
	return false;
}

bool signature_known(enum signature_word kind, const char *word)
{
	switch (kind) {
	case SIGNATURE_ORGANISATION:
		return among(word, organisations, ARRAY_LEN(organisations));
	case SIGNATURE_OFFICE:
		return among(word, offices, ARRAY_LEN(offices));
	case SIGNATURE_BOX:
		return among(word, boxes, ARRAY_LEN(boxes));
	case SIGNATURE_SECTION:
		return among(word, sections, ARRAY_LEN(sections));
	case SIGNATURE_DEGREE:
		return among(word, degrees, ARRAY_LEN(degrees));
	default:
		return among(word, titles, ARRAY_LEN(titles));
	}
}

/* The next word in lower case, with its capital noted. */
bool signature_next(const char **at, struct signature_token *out)
{
	const char *from;
	size_t n = 0;

	while (**at && !str_is_alpha(**at) && !str_is_digit(**at) && !(**at & 0x80))
		(*at)++;
	from = *at;
	while (str_is_alpha(**at) || str_is_digit(**at) || (**at & 0x80) ||
	       ((**at == '-' || **at == '\'') && *at > from)) {
		if (n + 1 < sizeof(out->low) && **at != '\'')
			out->low[n++] = str_lower_char(**at);
		(*at)++;
	}
	out->low[n] = '\0';
	out->capital = (*from >= 'A' && *from <= 'Z') || (*from & 0x80);
	return n > 0;
}
