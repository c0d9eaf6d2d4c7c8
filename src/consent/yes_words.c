#include "consent/yes_words.h"
#include "base/attr.h"

static const char *const none[] = {NULL};
/* Neighbours thank in their own language behind a yes of English, and the other way round. */
static const char *const english_yes[] = {"yes",
					  "yep",
					  "yeah",
					  "yes please",
					  "yes i do",
					  "yes of course",
					  "of course",
					  "yes go ahead",
					  "yes that's right",
					  "yes that is right",
					  "yes that's correct",
					  "yes that is correct",
					  "yes it's me",
					  "yes it is me",
					  "yes this is my address",
					  "yes indeed",
					  "absolutely",
					  "definitely",
					  "certainly",
					  "gladly",
					  "with pleasure",
					  "aye",
					  "yup",
					  YES_THUMB,
					  "happy to confirm",
					  "i am happy to confirm",
					  "i'm happy to confirm",
					  "happy to subscribe",
					  "i am happy to subscribe",
					  "i'm happy to subscribe",
					  "happy to receive it",
					  "happy to receive this",
					  "happy to join",
					  "i am happy to join",
					  "i would be happy to receive",
					  "i would like to receive",
					  "i'd like to receive",
					  "i want to receive",
					  "i wish to receive",
					  "i would like to get",
					  "i want to get",
					  "i would love to receive",
					  "would love to receive",
					  "would like to receive",
					  "ok",
					  "okay",
					  "sure",
					  "agreed",
					  "agree",
					  "confirm",
					  "confirmed",
					  "confirming",
					  "i confirm",
					  "we confirm",
					  "i do confirm",
					  "i hereby confirm",
					  "hereby confirmed",
					  "i can confirm",
					  "i am confirming",
					  "i'm confirming",
					  "i agree",
					  "we agree",
					  "i do agree",
					  "i consent",
					  "we consent",
					  "i would like to confirm",
					  "i'd like to confirm",
					  "i want to confirm",
					  "i wish to confirm",
					  "i would like to subscribe",
					  "i'd like to subscribe",
					  "i want to subscribe",
					  "i wish to subscribe",
					  "i would like to join",
					  "i'd like to join",
					  "i want to join",
					  "i wish to join",
					  "subscribe me",
					  "sign me up",
					  "add me",
					  "please confirm my subscription",
					  "please confirm my request",
					  "please confirm my address",
					  "please confirm me",
					  "it was me",
					  "that was me",
					  "this was me",
					  "yes it was",
					  "that's me",
					  "this is me",
					  "yes it was me",
					  "yes i did",
					  "yes i did ask for it",
					  "yes i did ask for this",
					  "yes i asked for it",
					  "yes i asked for this",
					  NULL};
static const char *const english_about[] = {"my subscription",
					    "the subscription",
					    "this subscription",
					    "subscription",
					    "my request",
					    "this request",
					    "the request",
					    "my registration",
					    "my sign up",
					    "my signup",
					    "my address",
					    "my email",
					    "my email address",
					    "this",
					    "that",
					    "it",
					    "to this",
					    "to that",
					    "to it",
					    "to the list",
					    "to this list",
					    "to your list",
					    "the list",
					    "this list",
					    "your list",
					    "updates",
					    "the updates",
					    "these updates",
					    "your updates",
					    "the bulletin",
					    "the bulletins",
					    "these bulletins",
					    "your bulletins",
					    "these emails",
					    "the emails",
					    "your emails",
					    "to receive the updates",
					    "to receive updates",
					    "to receive these updates",
					    "my subscription to the list",
					    "my subscription to this list",
					    "my subscription to your list",
					    "my subscription to the updates",
					    "my subscription to your updates",
					    "the subscription to the list",
					    NULL};
static const char *const english_manners[] = {"please",
					      "thanks",
					      "thank you",
					      "thank you very much",
					      "thank you so much",
					      "thanks very much",
					      "many thanks",
					      "thanks a lot",
					      "thanks again",
					      "with thanks",
					      "cheers",
					      "hi",
					      "hello",
					      "hi there",
					      "good morning",
					      "good afternoon",
					      "good evening",
					      "good day",
					      "bore da",
					      "hi team",
					      "hello team",
					      "hi all",
					      "dear team",
					      "dear sir",
					      "dear madam",
					      "dear sir or madam",
					      "dear all",
					      "regards",
					      "kind regards",
					      "best regards",
					      "warm regards",
					      "best wishes",
					      "best",
					      "all the best",
					      "yours sincerely",
					      "yours faithfully",
					      "thx",
					      "many thx",
					      "ta",
					      "pls",
					      "plz",
					      "diolch",
					      "diolch yn fawr",
					      "go raibh maith agat",
					      "tapadh leibh",
					      "tapadh leat",
					      NULL};
static const char *const german_yes[] = {"ja",
					 "jawohl",
					 "ich bestätige",
					 "hiermit bestätige ich",
					 "bestätigt",
					 "ich bin einverstanden",
					 "einverstanden",
					 NULL};
static const char *const german_about[] = {"mein abonnement", "meine anmeldung", NULL};
static const char *const german_manners[] = {"bitte",
					     "danke",
					     "vielen dank",
					     "danke schön",
					     "mit freundlichen grüßen",
					     "guten morgen",
					     "guten tag",
					     "hallo",
					     NULL};
static const char *const french_yes[] = {"oui",      "je confirme", "je suis d'accord",
					 "d'accord", "j'accepte",   NULL};
static const char *const french_about[] = {"mon abonnement", "mon inscription", NULL};
static const char *const french_manners[] = {
	"bonjour", "merci", "merci beaucoup", "s'il vous plaît", "cordialement", NULL};
static const char *const spanish_yes[] = {
	"sí", "confirmo", "acepto", "si confirmo", "si gracias", "si acepto", NULL};
static const char *const spanish_about[] = {"mi suscripción", NULL};
static const char *const spanish_manners[] = {"hola", "por favor", "gracias",
					      "muchas gracias", NULL};
static const char *const italian_yes[] = {"sì",          "confermo",  "accetto",
					  "si confermo", "si grazie", NULL};
static const char *const italian_about[] = {"la mia iscrizione", NULL};
static const char *const italian_manners[] = {"per favore", "grazie", NULL};
static const char *const portuguese_yes[] = {"sim", "confirmo", "aceito", NULL};
static const char *const portuguese_about[] = {"minha inscrição", NULL};
static const char *const portuguese_manners[] = {"por favor", "obrigado", "obrigada",
						 NULL};
static const char *const polish_yes[] = {"potwierdzam", "tak potwierdzam", "tak dziękuję",
					 "tak proszę", NULL};
static const char *const polish_manners[] = {"proszę", "dziękuję", NULL};
static const char *const czech_yes[] = {"potvrzuji", "ano potvrzuji", "ano děkuji",
					"ano prosím", NULL};
static const char *const czech_manners[] = {"děkuji", NULL};
static const char *const slovak_yes[] = {"áno", "potvrdzujem", NULL};
static const char *const slovak_manners[] = {"ďakujem", NULL};
static const char *const croatian_yes[] = {"potvrđujem", "da potvrđujem", "da hvala",
					   "da molim", NULL};
static const char *const croatian_manners[] = {"hvala", NULL};
static const char *const romanian_yes[] = {"da confirm", "da mulțumesc", NULL};
static const char *const romanian_manners[] = {"mulțumesc", NULL};
static const char *const hungarian_yes[] = {"megerősítem", "igen megerősítem",
					    "igen köszönöm", "igen kérem", NULL};
static const char *const hungarian_manners[] = {"köszönöm", NULL};
static const char *const finnish_yes[] = {"kyllä", "vahvistan", NULL};
static const char *const finnish_manners[] = {"kiitos", NULL};
static const char *const estonian_yes[] = {"jah", NULL};
static const char *const latvian_yes[] = {"jā", NULL};
static const char *const lithuanian_yes[] = {"taip", NULL};
static const char *const turkish_yes[] = {"evet", "onaylıyorum", NULL};
static const char *const turkish_manners[] = {"teşekkürler", NULL};
static const char *const russian_yes[] = {"да", "подтверждаю", NULL};
static const char *const russian_manners[] = {"спасибо", NULL};
static const char *const ukrainian_yes[] = {"так підтверджую", "так дякую", "підтверджую",
					    NULL};
static const char *const ukrainian_manners[] = {"дякую", NULL};
static const char *const greek_yes[] = {"ναι", "επιβεβαιώνω", NULL};
static const char *const greek_manners[] = {"ευχαριστώ", NULL};
static const char *const welsh_yes[] = {
	"ydw", "iawn", "ie", "cadarnhaf", "rwy'n cadarnhau", NULL};
static const char *const welsh_manners[] = {"bore da", "diolch",    "diolch yn fawr",
					    "thanks",  "thank you", NULL};
static const char *const irish_yes[] = {"tá", "deimhním", NULL};
static const char *const irish_manners[] = {"go raibh maith agat", "thanks", "thank you",
					    NULL};
static const char *const gaelic_yes[] = {"tha tapadh leibh", "tha tapadh leat", NULL};
static const char *const gaelic_manners[] = {"tapadh leibh", "tapadh leat", NULL};
static const char *const swedish_yes[] = {"ja", "bekräftar", "jag bekräftar", NULL};
static const char *const swedish_manners[] = {"tack", NULL};
static const char *const norwegian_yes[] = {"ja", "jeg bekrefter", "bekrefter", NULL};
static const char *const norwegian_manners[] = {"takk", NULL};
static const char *const danish_yes[] = {"ja", "jeg bekræfter", "bekræfter", NULL};
static const char *const danish_manners[] = {"mange tak", NULL};
static const char *const dutch_yes[] = {"ja", "ja graag", "ik bevestig", "akkoord", NULL};
static const char *const dutch_manners[] = {"dank je wel", "dank u wel", NULL};
static const char *const arabic_yes[] = {"نعم", "أؤكد", NULL};
static const char *const urdu_yes[] = {"ہاں", "جی ہاں", NULL};
static const char *const hindi_yes[] = {"जी हाँ", "हाँ", "हां", NULL};
static const char *const punjabi_yes[] = {"ਹਾਂ", NULL};
static const char *const bengali_yes[] = {"হ্যাঁ", NULL};
static const char *const hebrew_yes[] = {"כן", NULL};
static const char *const japanese_yes[] = {"はい", NULL};
static const char *const chinese_yes[] = {"是的", "确认", NULL};
static const char *const korean_yes[] = {"네", "예", NULL};
static const char *const vietnamese_yes[] = {"vâng", "có", NULL};
static const char *const swahili_yes[] = {"ndiyo", NULL};

const struct yes_tongue yes_tongues[] = {
	{english_yes, english_about, english_manners},
	{german_yes, german_about, german_manners},
	{french_yes, french_about, french_manners},
	{spanish_yes, spanish_about, spanish_manners},
	{italian_yes, italian_about, italian_manners},
	{portuguese_yes, portuguese_about, portuguese_manners},
	{polish_yes, none, polish_manners},
	{czech_yes, none, czech_manners},
	{slovak_yes, none, slovak_manners},
	{croatian_yes, none, croatian_manners},
	{romanian_yes, none, romanian_manners},
	{hungarian_yes, none, hungarian_manners},
	{finnish_yes, none, finnish_manners},
	{estonian_yes, none, none},
	{latvian_yes, none, none},
	{lithuanian_yes, none, none},
	{turkish_yes, none, turkish_manners},
	{russian_yes, none, russian_manners},
	{ukrainian_yes, none, ukrainian_manners},
	{greek_yes, none, greek_manners},
	{welsh_yes, none, welsh_manners},
	{irish_yes, none, irish_manners},
	{gaelic_yes, none, gaelic_manners},
	{swedish_yes, none, swedish_manners},
	{norwegian_yes, none, norwegian_manners},
	{danish_yes, none, danish_manners},
	{dutch_yes, none, dutch_manners},
	{arabic_yes, none, none},
	{urdu_yes, none, none},
	{hindi_yes, none, none},
	{punjabi_yes, none, none},
	{bengali_yes, none, none},
	{hebrew_yes, none, none},
	{japanese_yes, none, none},
	{chinese_yes, none, none},
	{korean_yes, none, none},
	{vietnamese_yes, none, none},
	{swahili_yes, none, none}};
const size_t yes_tongue_count = ARRAY_LEN(yes_tongues);
