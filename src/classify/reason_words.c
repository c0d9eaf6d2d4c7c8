#include "classify/reason_words.h"
#include "base/attr.h"

/*
 * In this order: what is wrong with the sender or the message comes before what is
 * wrong with the recipient, for "sender domain does not exist" names no dead address.
 */
static const char *const sender_policy[] = {
	"sender address rejected", "sender rejected", "sender verify failed",
	"sender denied", "domain of sender", "sender domain", "sender's domain",
	"reverse dns", "rdns", "ptr record", "no ptr", "missing ptr", "requires ptr",
	"ptr lookup", "hostname lookup", "return path is not", "from domain",
	"mail from domain does not", "relay access denied", "relaying denied",
	"relay not permitted", "relaying not allowed", "not permitted to relay",
	"relay denied", "no relaying", "relay access", "we do not relay",
	"unable to relay", "relaying is prohibited", "unauthorized relay",
	"please use the smtp server", "all recipient addresses rejected",
	"bad reputation", "low reputation", "poor reputation", "purported responsible",
	"rfc 5322", "rfc 2822", "rfc5322", "rfc2822", "rfc 822 compliant",
	"multiple addresses in from", "multiple 550 5.7.1 addresses in from",
	"duplicate header", "helo command rejected", "ehlo command rejected",
	"invalid helo", "helo name", "permission to post", "not authorized to send",
	"not allowed to send", "not allowed to post", "only accepts messages from",
	"only accept mail from", "restricted address", "keine berechtigung",
	"non autorisé", NULL
};

/* Sure signs, whatever advice about SPF or policy follows them. */
static const char *const sure_content[] = {
	"spam classification", "scored as spam", "detected as spam",
	"identified as spam", "considered spam", "considered as spam",
	"rejected as spam", "classified as spam", "marked as spam",
	"appears to be spam", "is spam", "looks like spam", "spam message",
	"spam detected", "- spam.", "virus detected", "infected with",
	"contains a virus", "virus found", "als spam", "comme spam", "como spam", NULL
};

static const char *const authentication[] = {
	"dmarc", "dkim", "spf ", "spf:", "spf)", "sender policy framework", "sender id",
	"authentication information", "unauthenticated email", "is unauthenticated",
	"sender is unauthenticated", "authentication required", "authentication check",
	"email authentication", "fails to pass authentication",
	"unauthenticated senders", "unauthenticated mail", "not authenticated", NULL
};

static const char *const rate[] = {
	"too many connections", "too many concurrent", "too many sessions",
	"frequency limited", "rate limit", "ratelimit", "at a rate that",
	"too many messages", "too many emails", "too many mails", "too many recipients",
	"throttl", "sending too fast", "too fast",
	"exceeded the maximum number of messages", "relay quota", "sending quota",
	"sending limit", "daily limit", "hourly limit", "unusual rate",
	"connection limit", "connections from your", "max message per connection",
	"max emails per", "deferred due to user complaints", NULL
};

static const char *const mailbox_full[] = {
	"mailbox full", "mailbox is full", "mailbox for user is full", "mail box full",
	"mailbox has exceeded", "mailbox size limit exceeded", "mailbox exceeds",
	"mailbox quota", "mailbox would exceed", "inbox is full", "inbox full",
	"account is full", "box is full", "over quota", "overquota", "over the quota",
	"over its quota", "over their quota", "above quota", "exceeded quota",
	"quota exceeded", "quota exceed", "exceeds quota", "exceeds the quota",
	"exceed the quota", "exceeding quota", "exceeded his", "exceeded storage",
	"exceeded its storage", "exceeded the space", "exceeded their quota",
	"disk quota", "out of storage space", "out of space", "storage quota",
	"insufficient storage", "insufficient mailbox", "not enough storage space",
	"not enough space", "no space left in mailbox", "user's disk", "user is full",
	"mailfolder is full", "maildir over", "allocated storage", "mailbox limit",
	"storage limit", "mailbox has no space", "mailboxfull", "quotaexceeded",
	"recipient storage full", "mail quota", "postfach ist voll", "postfach voll",
	"postfach des empfängers ist voll", "mailbox voll", "speicherplatz",
	"boîte pleine", "boite pleine", "boîte aux lettres est pleine",
	"boîte de réception est pleine", "boite aux lettres pleine", "quota dépassé",
	"buzón lleno", "buzón está lleno", "cuota excedida", "casella piena",
	"casella è piena", "caixa de correio cheia", "caixa cheia", "postvak vol",
	"ящик переполнен", "容量を超え", "容量オーバー", "メールボックスがいっぱい",
	"いっぱいです", "邮箱已满", "信箱已滿", NULL
};

static const char *const too_large[] = {
	"message too large", "message is too large", "message too big",
	"message is too big", "mail is too large", "mail too large", "email too large",
	"message size exceeds", "message exceeds", "message length exceeds",
	"size limit", "size exceeds", "exceeded size", "message size limit",
	"maximum message size", "maximum size", "maximum allowed size",
	"max message size", "max size", "too large for this", "exceeds the maximum",
	"exceeds maximum", "recipsizelimit", "sendersizelimit", "message file too big",
	"larger than the current system limit", "exceeded the maximum incoming",
	"nachricht ist zu groß", "nachricht zu groß", "message trop volumineux",
	"message est trop", "demasiado grande", "troppo grande", "サイズが大き",
	"слишком больш", NULL
};

static const char *const content[] = {
	"spam", "virus", "malware", "phish", "unsolicited", "ube,", "content rejected",
	"message content", "content filter", "content-filter", "contenterror",
	"content error", "content denied", "blocked content", "blocked attachment",
	"attachment type", "attachments not allowed", "dangerous attachment",
	"executable attachment", "banned", "scored as", "media error",
	"headers too large", "header too large", "conversion", "message filtered",
	"infected", "suspicious content", "illegal attachment", "bulk mail",
	"junk mail", "looks like", "prohibited content", "contains a url",
	"contains links", "contenu", NULL
};

static const char *const disabled[] = {
	"account is disabled", "account disabled", "account has been disabled",
	"mailbox disabled", "mailbox is disabled", "been disabled", "user disabled",
	"is disabled", "disabled recipient", "disabled user",
	"disabled or discontinued", "recipient is disabled", "mailbox is inactive",
	"account is inactive", "user is inactive", "reach is inactive",
	"inactive account", "inactive user", "inactive mailbox", "not active",
	"account inactive", "is currently suspended", "suspended", "deactivated",
	"account locked", "is locked", "temporary locked", "temporarily locked",
	"account is closed", "mailbox is closed", "mailbox closed",
	"currently unavailable mailbox", "account closed", "has been closed",
	"account expired", "mailbox expired", "account has expired", "account blocked",
	"mailbox blocked", "user is blocked", "frozen", "mailbox is frozen",
	"account is dormant", "not been activated", "account has been blocked",
	"recipient suspend", "konto ist deaktiviert", "deaktiviert", "gesperrt",
	"compte désactivé", "compte est désactivé", "cuenta desactivada",
	"заблокирован", "отключен", "disabled by", NULL
};

static const char *const moved[] = {
	"has moved", "user moved", "recipient moved", "moved to", "no longer on server",
	"has changed address", "address has changed", "address changed",
	"new address is", "has a new address", "relocated", "please try <",
	"user not local", "forwarding address", "email address has been changed",
	"hat eine neue adresse", "neue e-mail-adresse", "a changé d'adresse",
	"nouvelle adresse", "ha cambiado de dirección", NULL
};

static const char *const no_such_domain[] = {
	"host unknown", "unknown host", "unknown domain", "domain unknown",
	"domain not found", "domain name not found", "no such domain", "no such host",
	"host not found", "host or domain name not found", "domain does not exist",
	"domain doesn't exist", "domain is not found", "domain isn't", "nxdomain",
	"non-existent domain", "nonexistent domain", "non existent domain",
	"bad destination host", "bad destination system address",
	"unrouteable mail domain", "unroutable mail domain", "unrouteable domain",
	"all relevant mx records point to non-existent", "no mx",
	"couldn't find any host", "couldn't find a mail exchanger",
	"could not find any host named", "cannot find your",
	"name or service not known", "no mail hosts for domain",
	"hostname nor servname", "lookup failure: host", "invalid domain",
	"domain has no", "does not accept mail", "doesn't accept mail",
	"doesn't receive email", "does not receive mail", "not receive email",
	"indicated no smtp service", "null mx", "nullmx", "domain may not exist",
	"address couldn't be found because the domain", "because the domain",
	"unbekannte domain", "domain existiert nicht", "domäne nicht gefunden",
	"domaine inconnu", "nom de domaine inexistant", "dominio no existe",
	"dominio inesistente", "nom d'hôte inconnu", "ホストが見つかりません",
	"ドメインが見つかりません", "ドメインが存在しない", "домен не", "域名不存在",
	NULL
};

static const char *const no_such_address[] = {
	"user unknown", "unknown user", "user not known", "unknown recipient",
	"recipient unknown", "unknown address", "address unknown", "unknown local",
	"unknown or illegal alias", "unknown mailbox", "mailbox unknown",
	"unknown account", "account unknown", "no such user", "no such recipient",
	"no such mailbox", "no such address", "no such account", "no such person",
	"no such email", "no such local", "no such name", "no such id", "no mailbox",
	"no account", "no user", "no recipient", "no valid recipient",
	"not a valid mailbox", "not a valid recipient", "not a valid user",
	"not a valid address", "not a valid email", "not a registered",
	"not a known user", "is not known", "not our customer", "not listed in",
	"not in our", "isn't in our", "does not exist", "doesn't exist", "do not exist",
	"not exist", "nonexistent", "non-existent", "non existent", "not found in",
	"user not found", "recipient not found", "recipnotfound", "recipientnotfound",
	"mailbox not found", "address not found", "account not found",
	"address wasn't found", "address couldn't be found", "could not be found",
	"couldn't be found", "wasn't found at", "not found by smtp", "was not found",
	"name is not recognized", "not recognized", "recipient not recognized",
	"invalid user", "invalid recipient", "invalid mailbox", "invalid address",
	"invalid email", "invalid local", "invalid destination",
	"bad destination mailbox", "bad destination email address", "bad recipient",
	"bad address", "bad mailbox", "illegal user", "illegal alias",
	"incorrect address", "malformed address", "address syntax",
	"mailbox unavailable", "mailbox not available", "mailbox does not",
	"mailbox unavailable or access denied", "doesn't have a", "does not have a",
	"doesn't have an account", "does not have an account", "has no mailbox",
	"doesn't have an email", "undeliverable address", "unrouteable address",
	"unroutable address", "user doesn't", "user does not", "not listed",
	"not matched", "user is unknown", "recipient does not",
	"inactive email address", "no longer available", "no longer valid",
	"no longer active", "no longer in use", "no longer works", "no longer employed",
	"no longer exist", "left the company", "has left",
	"delivery to this recipient is not possible",
	"recipient address rejected: access denied", "unknown in virtual",
	"unknown in local", "unknown in relay", "adresse destinataire invalide",
	"user invalid", "not our user", "there is no one", "addressee unknown",
	"directory entry not found", "not listed in domino",
	"not listed in public name", "unable to find recipient", "ambiguous",
	"no se encontró", "no existe", "usuario desconocido", "utente sconosciuto",
	"non esiste", "destinataire inconnu", "utilisateur inconnu", "n'existe pas",
	"adresse inconnue", "introuvable", "unbekannt", "existiert nicht",
	"nicht gefunden", "nicht bekannt", "kein empfänger", "kein benutzer",
	"onbekend", "bestaat niet", "okänd", "finns inte", "findes ikke", "finnes ikke",
	"nie istnieje", "nieznany", "não existe", "usuário desconhecido",
	"utilizador desconhecido", "destinatário desconhecido", "не существует",
	"не найден", "неизвестный", "neexistuje", "nem létezik", "bulunamadı",
	"見つかりません", "存在しません", "存在しない", "宛先が不明", "宛先不明",
	"不存在", "不明です", "用户不存在", "无此用户", "사용자가 없", "존재하지", NULL
};

static const char *const expired[] = {
	"retry timeout exceeded", "message expired", "queue.expired",
	"retry time not reached", "delivery time expired", "delivery expired",
	"message timed out", "queue too long", "in the queue too long",
	"been in the queue", "has been queued too long", "lifetime",
	"could not be delivered for", "could not deliver for",
	"cannot send message within", "cannot send message for", "unable to deliver in",
	"delivery timed out", "delivery time-out", "not delivered within", "giving up",
	"too old", "maximum retr", "time limit exceeded", "has been delayed too long",
	"undeliverable for", "all attempts", "retry limit", "expired after",
	"zeitüberschreitung", "zu lange", "délai", "tiempo de espera", "配送期限", NULL
};

static const char *const network[] = {
	"connection timed out", "connection refused", "connection reset",
	"connection dropped", "connection lost", "connection closed", "lost connection",
	"connect to", "could not connect", "couldn't connect", "cannot connect",
	"can't connect", "unable to connect", "failed to connect", "no route to host",
	"network is unreachable", "network unreachable", "network error",
	"host is unreachable", "host unreachable", "host is down", "host down",
	"unable to contact", "not answering", "no answer from host", "did not respond",
	"didn't respond", "did not accept our requests", "not responding", "timed out",
	"timeout", "time out", "routing loop", "mail loop", "loops back",
	"too many hops", "hop count", "too many received", "loop detected", "loop:",
	"looping", "loop alert", "duplicated message-id", "name service error",
	"name server", "dns error", "dns lookup", "lookup failure", "host name lookup",
	"domain name server", "temporary lookup failure", "malformed or unexpected",
	"tls", "handshake", "starttls", "接続できません", NULL
};

/* Nobody was there to refuse anything. */
static const char *const sure_network[] = {"connection refused",
					   "connection timed out",
					   "connection reset by",
					   "no route to host",
					   "network is unreachable",
					   "operation timed out",
					   NULL};

static const char *const policy[] = {
	"policy", "blocked", "block list", "blocklist", "blacklist", "black list",
	"black-list", "blackhole", "dnsbl", "rbl", "spamhaus", "barracuda", "listed at",
	"listed by", "listed in", "access denied", "permission denied", "not permitted",
	"not allowed", "prohibited", "forbidden", "refused by", "denied",
	"not authorized", "unauthorized", "security", "banned sender",
	"client host rejected", "ip address", "greylist", "graylist",
	"administratively", "administrative prohibition", "mail rejected",
	"message rejected", "message was rejected", "your message was not accepted",
	"not accepted", "refused", "rejected due", "was rejected", "redundant", NULL
};

static const char *const other[] = {
	"mailer error", "system error", "internal error", "internal server",
	"local error", "local configuration error", "configuration error",
	"not accepting network messages", "queue file write", "disk space", "disk full",
	"system full", "service unavailable", "service currently unavailable",
	"service not available", "i/o error", "temporary failure", "local problem",
	"command not implemented", "parameter not implemented", "syntax error",
	"not a unix", "pipe to", "child status", "exit status", "exit code",
	"command died", "resources temporarily", "out of memory", NULL
};

/* A name server that may know better tomorrow says nothing about the address. */
static const char *const sure_dns[] = {
	"host not found, try again", "temporary failure in name resolution",
	"temporary lookup failure", "domain lookup failed, try again", NULL
};

const struct reason_words reason_words[] = {
	{"network", sure_dns},
	{"content", sure_content}, {"authentication", authentication},
	{"policy", sender_policy}, {"rate", rate}, {"mailbox_full", mailbox_full},
	{"too_large", too_large}, {"no_such_domain", no_such_domain}, {"moved", moved},
	{"disabled", disabled}, {"no_such_address", no_such_address},
	{"content", content}, {"expired", expired}, {"other", other},
	{"network", sure_network}, {"policy", policy}, {"network", network},
	{NULL, NULL},
};
