/* SPDX-License-Identifier: MIT */
/* Making a domain that is right, and the zones around it. */
#include "realm.h"

#include "dice.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dns/answer.h"

#include <assert.h>

enum {
	TOKEN_LEN = 32,
	DEEPEST = 3, /* labels of a domain below its zone's apex */
};

static const char LOWER[] = "abcdefghijklmnopqrstuvwxyz";
static const char LOWER_DIGITS[] = "abcdefghijklmnopqrstuvwxyz234567";
static const char TOKEN_LETTERS[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Public suffixes below which the domains are. */
static const char *const SUFFIXES[] = { "com", "de", "org", "co.uk", "io" };

static const struct {
	const char *name;
	bool own_zone; /* keys stand in dkim.REGION.amazonses.com */
} REGIONS[] = {
	{ "us-east-1", false },
	{ "eu-west-1", false },
	{ "ap-southeast-2", false },
	{ "us-gov-west-1", false },
	{ "eu-central-2", true },
	{ "af-south-1", true },
	{ "il-central-1", true },
};

/** Keys as SES publishes them: bare p=. */
static const char *const KEYS[] = {
	"p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtnQ7TwouGAc3OLK49Apanv"
	"A1BLZJIg1OVLaUVjt0EYhmOTEtdRYBDBTDPXJvAZPI3jko85eEyvDIEs6DygUL9gYbuW1"
	"IOL3udlSuQugezxNBJWJVMXgAKid+L8HQ3jy/s49lbhSH3KUbRkmgVeFY51X/KoGxmE+4"
	"zLE7l3ECU6rm2OaUo0axfpyD/S6jzdISHdcOTyxgPNDCtLsO1ApsHr2Zx9kBLKEDHkGr/"
	"Flmgs/MU51SAPZTmkHPsaBBgczRf8j17Sjj+Uzhj8R3CiTfGuOTBDpSbJMNj3fpIIqOTX"
	"bTSAWkiVUgQ5WyBZnw7MI4bgJlAYRWxmM9UoVtW6veLwIDAQAB",
	"p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtYconoVwoBJfVP2sq4JugB"
	"pgpDX4f9VPpLH8OtQjPXzOgCJvTka9vraJ+qHh9p03ZJgMNbJF7b3NNnbZ+CwQPoNI0Gr"
	"E/n0GAjyCaq/c1fTsJ4BmIImEk03rROjMKRJj5pbuyXo+xxARfksqbyysSGfmcmA7jeDv"
	"A74xPW6MXbPzEERQiqlwPu77eyNdSKsETpzlhoXnbpQ+k84OuL8Z9Q2YXTo6hI4QBPJS2"
	"+Q+j9cAH/s8rQgzJ0/hpNdIn4bXbm1XmxutwFMAlHUCWzABp0aVW5hHe0UVPXUrKF1E28"
	"u4S3hA5svHwEQCUYPNKQrGRI71nrDFKHgeaZJysIBqnwIDAQAB",
	"p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCg0nnWVUlwiQN5ziBHb0YHDPPgVy"
	"ELxwFO1zIDw1luq09XNZfqEjdLNdEjA6tnPmY5GLVUdeWlkiPkXl+hrMYOjbSr9kSWW4b"
	"/CtXq0iezBRgw61l0nftjQmxiDTLv4waS6E8wel8rnRGYL42j4ltllQd3dIeGuNTDqqEO"
	"GbtbswIDAQAB",
};

struct realm_zone *
realm_own(struct realm *realm)
{
	return &realm->zones[ZONE_OWN];
}

void
realm_add(struct realm *realm, struct realm_zone *zone, struct rr rr)
{
	rr.ttl = 300;
	assert(name_is_under(rr.owner, zone->apex));
	vec_push(realm->arena, &zone->records, rr);
}

void
realm_remove(struct realm_zone *zone, const struct rr *rr)
{
	const size_t at = (size_t)(rr - zone->records.at);
	assert(at < zone->records.len);
	zone->records.len--;
	for (size_t i = at; i < zone->records.len; i++) {
		zone->records.at[i] = zone->records.at[i + 1];
	}
}

struct rr *
realm_find(struct realm_zone *zone, struct name name, enum rrtype type)
{
	struct rr *rr;
	vec_foreach(rr, &zone->records) {
		if (rr->type == type && name_equal(rr->owner, name)) {
			return rr;
		}
	}
	return NULL;
}

struct realm_zone *
realm_holder(struct realm *realm, struct name name)
{
	struct realm_zone *below = &realm->zones[ZONE_BELOW];
	return name_is_set(below->apex) && name_is_under(name, below->apex)
		   ? below
		   : realm_own(realm);
}

void
realm_hand_on(struct realm *realm, struct name cut)
{
	struct realm_zone *own = realm_own(realm);
	struct realm_zone *below = &realm->zones[ZONE_BELOW];
	struct rr ns = { .owner = cut, .type = RRTYPE_NS };
	ns.rdata.target = name_of(realm->arena, "ns1.keykeeper.net");
	assert(!name_is_set(below->apex) && name_is_under(cut, own->apex));
	below->apex = cut;
	size_t at = 0;
	while (at < own->records.len) {
		const struct rr rr = own->records.at[at];
		if (name_is_under(rr.owner, cut)) {
			realm_add(realm, below, rr);
			realm_remove(own, &own->records.at[at]);
		} else {
			at++;
		}
	}
	realm_add(realm, own, ns);
}

bool
realm_edit(struct realm *realm, const struct edit *edit)
{
	struct realm_zone *own = realm_holder(realm, edit->rr.owner);
	if (edit->op == EDIT_ADD) {
		realm_add(realm, own, rr_copy(realm->arena, &edit->rr));
		return true;
	}
	struct rr *rr;
	vec_foreach(rr, &own->records) {
		if (name_equal(rr->owner, edit->rr.owner) &&
		    rr_same_data(rr, &edit->rr)) {
			realm_remove(own, rr);
			return true;
		}
	}
	return false;
}

struct rr
realm_txt(struct realm *realm, struct name owner, struct str text)
{
	struct rr rr = { .owner = owner, .type = RRTYPE_TXT };
	rr.rdata.txt = rr_txt_of(realm->arena, str_copy(realm->arena, text));
	return rr;
}

static struct name
name_print(struct realm *realm, const char *left, struct name below)
{
	const struct name label = name_of(realm->arena, left);
	const struct name name = name_join(realm->arena, label, below);
	assert(name_is_set(name));
	return name;
}

static void
add_txt(struct realm *realm, struct realm_zone *zone, struct name owner,
    const char *text)
{
	realm_add(realm, zone, realm_txt(realm, owner, str_of(text)));
}

static void
add_addr(struct realm *realm, struct realm_zone *zone, struct name owner)
{
	struct rr rr = { .owner = owner, .type = RRTYPE_A };
	const bool parsed = addr_parse(STR("192.0.2.80"), &rr.rdata.addr);
	assert(parsed);
	realm_add(realm, zone, rr);
}

static void
add_mx(struct realm *realm, struct realm_zone *zone, struct name owner,
    struct name exchange)
{
	struct rr rr = { .owner = owner, .type = RRTYPE_MX };
	rr.rdata.mx = (struct rr_mx){ .preference = 5, .exchange = exchange };
	realm_add(realm, zone, rr);
}

/** Zones of other senders, whose SPF the domain may include. */
static void
make_senders(struct realm *realm)
{
	struct realm_zone *crm = &realm->zones[ZONE_SENDER];
	struct realm_zone *shop = &realm->zones[ZONE_SENDER + 1];
	crm->apex = name_of(realm->arena, "postbird.net");
	shop->apex = name_of(realm->arena, "shopmail.org");
	add_txt(realm, crm, name_print(realm, "_spf", crm->apex),
	    "v=spf1 ip4:198.51.100.0/24 include:_a.postbird.net ~all");
	add_txt(realm, crm, name_print(realm, "_a", crm->apex),
	    "v=spf1 ip6:2001:db8:1::/48 ~all");
	add_txt(realm, shop, name_print(realm, "_spf", shop->apex),
	    "v=spf1 ip4:203.0.113.0/25 -all");
	for (const char *c = "bcdefghijk"; *c; c++) {
		const char label[] = { '_', *c, '\0' };
		add_txt(realm, crm, name_print(realm, label, crm->apex),
		    "v=spf1 ip4:198.51.100.7 ~all");
	}
}

/** What sends for the domain beside SES. */
static void
choose_senders(struct realm *realm, struct dice *dice)
{
	static const char *const terms[] = { "include:_spf.postbird.net ",
		"include:_spf.shopmail.org ", "ip4:192.0.2.44 ", "mx ", "a ",
		"ip6:2001:db8::25 " };
	struct buf others = buf_new(realm->arena);
	for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++) {
		if (dice_hits(dice, 3)) {
			buf_adds(&others, terms[i]);
		}
	}
	realm->others = buf_str(&others);
}

/** The names, tokens and region of one set-up while it is chosen. */
struct choice {
	struct name domain;
	struct str region;
	struct name dkim_zone;
	struct str dkim[DKIM_RECORDS];
};

static struct choice
choose(struct realm *realm, struct dice *dice)
{
	struct arena *arena = realm->arena;
	const size_t suffixes = sizeof(SUFFIXES) / sizeof(*SUFFIXES);
	const size_t region =
	    dice_throw(dice, sizeof(REGIONS) / sizeof(*REGIONS));
	const struct name ses = name_of(arena, "amazonses.com");
	struct choice choice = { .region = str_of(REGIONS[region].name) };
	const struct name suffix =
	    name_of(arena, SUFFIXES[dice_throw(dice, suffixes)]);
	const struct str label =
	    dice_word(dice, arena, LOWER, 5 + dice_throw(dice, 8));
	choice.domain = name_prepend(arena, label, suffix);
	realm->zones[ZONE_OWN].apex = choice.domain;
	realm->depth = dice_throw(dice, DEEPEST + 1);
	for (size_t i = 0; i < realm->depth; i++) {
		const struct str sub =
		    dice_word(dice, arena, LOWER, 2 + dice_throw(dice, 6));
		choice.domain = name_prepend(arena, sub, choice.domain);
	}
	choice.dkim_zone = name_prepend(arena, STR("dkim"),
	    REGIONS[region].own_zone ? name_prepend(arena, choice.region, ses)
				     : ses);
	for (size_t i = 0; i < DKIM_RECORDS; i++) {
		choice.dkim[i] =
		    dice_word(dice, arena, LOWER_DIGITS, TOKEN_LEN);
	}
	return choice;
}

static struct expected *
expect_one(struct realm *realm, enum record_index index, const char *id,
    enum record_kind kind, enum rrtype type)
{
	struct expected *record = &realm->expect.records[index];
	*record = (struct expected){
		.id = str_of(id),
		.kind = kind,
		.type = type,
		.judged = true,
		.blocking =
		    kind != RECORD_MAIL_FROM_MX && kind != RECORD_MAIL_FROM_SPF,
	};
	return record;
}

static void
expect_dkim(struct realm *realm, const struct choice *choice, bool zone_given)
{
	static const char *const ids[] = { "dkim-1", "dkim-2", "dkim-3" };
	struct arena *arena = realm->arena;
	const struct name below =
	    name_print(realm, "_domainkey", choice->domain);
	for (size_t i = 0; i < DKIM_RECORDS; i++) {
		struct expected *dkim =
		    expect_one(realm, (enum record_index)(INDEX_DKIM + i),
			ids[i], RECORD_DKIM, RRTYPE_CNAME);
		dkim->token = choice->dkim[i];
		dkim->name = name_prepend(arena, dkim->token, below);
		dkim->target =
		    name_prepend(arena, dkim->token, choice->dkim_zone);
		dkim->zone_given = zone_given;
	}
}

static void
expect_texts(struct realm *realm, struct str token)
{
	struct arena *arena = realm->arena;
	const struct name domain = realm->expect.domain;
	const struct str text = name_text(arena, domain);
	struct expected *record = expect_one(
	    realm, INDEX_OWNERSHIP, "ownership", RECORD_OWNERSHIP, RRTYPE_TXT);
	record->name = name_print(realm, "_ivymail", domain);
	record->text =
	    str_print(arena, OWNERSHIP_PREFIX "%.*s", STR_ARG(token));
	record = expect_one(realm, INDEX_SPF, "spf", RECORD_SPF, RRTYPE_TXT);
	record->name = domain;
	record->text = STR("v=spf1 include:amazonses.com ~all");
	record =
	    expect_one(realm, INDEX_DMARC, "dmarc", RECORD_DMARC, RRTYPE_TXT);
	record->name = name_print(realm, "_dmarc", domain);
	record->text = str_print(
	    arena, "v=DMARC1; p=none; rua=mailto:dmarc@%.*s", STR_ARG(text));
	record = expect_one(realm, INDEX_MAIL_FROM_SPF, "mail-from-spf",
	    RECORD_MAIL_FROM_SPF, RRTYPE_TXT);
	record->name = realm->expect.mail_from;
	record->text = STR("v=spf1 include:amazonses.com ~all");
}

static void
expect_listed(struct realm *realm)
{
	struct expected *record =
	    expect_one(realm, (enum record_index)INDEX_LISTED, "other-1",
		RECORD_OTHER, RRTYPE_TXT);
	record->name = name_print(realm, "_track", realm->expect.domain);
	record->text = STR("track=4f1c");
}

static void
expect_mx(struct realm *realm)
{
	struct arena *arena = realm->arena;
	struct expected *mx = expect_one(realm, INDEX_MAIL_FROM_MX,
	    "mail-from-mx", RECORD_MAIL_FROM_MX, RRTYPE_MX);
	mx->name = realm->expect.mail_from;
	mx->preference = 10;
	mx->target = name_prepend(arena, STR("feedback-smtp"),
	    name_prepend(
		arena, realm->expect.region, name_of(arena, "amazonses.com")));
}

static void
make_expect(struct realm *realm, const struct choice *choice, struct dice *dice)
{
	struct arena *arena = realm->arena;
	realm->expect = (struct expect){
		.domain = choice->domain,
		.mail_from = name_print(realm, "mail", choice->domain),
		.region = choice->region,
		.records = ARENA_ARRAY(arena, struct expected, REALM_RECORDS),
		.records_len = REALM_RECORDS,
	};
	expect_texts(realm, dice_word(dice, arena, TOKEN_LETTERS, TOKEN_LEN));
	expect_dkim(realm, choice, dice_hits(dice, 2));
	expect_mx(realm);
	expect_listed(realm);
}

/** Where a key stands and what the CNAME and MX lead to. */
static void
make_ses(struct realm *realm, struct dice *dice)
{
	struct realm_zone *ses = &realm->zones[ZONE_SES];
	const size_t keys = sizeof(KEYS) / sizeof(*KEYS);
	const size_t first = dice_throw(dice, keys);
	ses->apex = name_of(realm->arena, "amazonses.com");
	add_txt(realm, ses, ses->apex,
	    "v=spf1 ip4:199.255.192.0/22 ip4:199.127.232.0/22 "
	    "ip4:54.240.0.0/18 ip4:69.169.224.0/20 -all");
	for (size_t i = 0; i < DKIM_RECORDS; i++) {
		add_txt(realm, ses,
		    realm->expect.records[INDEX_DKIM + i].target,
		    KEYS[(first + i) % keys]);
	}
	add_addr(realm, ses, realm->expect.records[INDEX_MAIL_FROM_MX].target);
}

/** Records of the domain's owner that have nothing to do with the eight. */
static void
make_unrelated(struct realm *realm, struct dice *dice)
{
	struct realm_zone *own = realm_own(realm);
	const struct name domain = realm->expect.domain;
	const struct name mx = name_print(realm, "mx", own->apex);
	add_addr(realm, own, own->apex);
	add_addr(realm, own, name_print(realm, "www", own->apex));
	add_addr(realm, own, mx);
	add_mx(realm, own, own->apex, mx);
	add_txt(realm, own, own->apex, "google-site-verification=x7Kq2");
	add_txt(realm, own, name_print(realm, "mailers", own->apex),
	    "v=spf1 ip4:192.0.2.250 include:amazonses.com -all");
	if (realm->depth > 0) {
		add_addr(realm, own, domain);
		add_mx(realm, own, domain, mx);
		add_txt(realm, own, own->apex, "v=spf1 mx -all");
	}
	if (dice_hits(dice, 2)) {
		add_txt(realm, own, domain, "MS=ms41236547");
	}
}

/** The record number *index* as the expectation has it. */
static struct rr
expected_rr(struct realm *realm, size_t index)
{
	const struct expected *record = &realm->expect.records[index];
	struct rr rr = { .owner = record->name, .type = record->type };
	if (record->type == RRTYPE_MX) {
		rr.rdata.mx = (struct rr_mx){
			.preference = record->preference,
			.exchange = record->target,
		};
	} else if (record->type == RRTYPE_CNAME) {
		rr.rdata.target = record->target;
	} else {
		rr.rdata.txt = rr_txt_of(realm->arena, record->text);
	}
	return rr;
}

static void
publish(struct realm *realm, struct dice *dice)
{
	struct realm_zone *own = realm_own(realm);
	for (size_t i = 0; i < REALM_RECORDS; i++) {
		realm_add(realm, own, expected_rr(realm, i));
	}
	struct rr *spf = realm_record(realm, INDEX_SPF);
	const struct str text =
	    str_print(realm->arena, "v=spf1 %.*sinclude:amazonses.com %s",
		STR_ARG(realm->others), dice_hits(dice, 3) ? "-all" : "~all");
	spf->rdata.txt = rr_txt_of(realm->arena, text);
}

struct realm *
realm_new(struct arena *arena, struct dice *dice)
{
	struct realm *realm = ARENA_NEW(arena, struct realm);
	realm->arena = arena;
	const struct choice choice = choose(realm, dice);
	choose_senders(realm, dice);
	make_senders(realm);
	make_expect(realm, &choice, dice);
	make_ses(realm, dice);
	publish(realm, dice);
	make_unrelated(realm, dice);
	for (size_t i = 0; i < REALM_ZONES; i++) {
		realm->zones[i].minimum = 300;
	}
	return realm;
}

/** True if *rr* is the record that stands for *record*. */
static bool
stands_for(const struct expected *record, const struct rr *rr)
{
	if (rr->type != record->type || !name_equal(rr->owner, record->name)) {
		return false;
	}
	return record->kind != RECORD_SPF ||
	       str_starts(rr->rdata.txt.joined, STR("v=spf1"));
}

struct rr *
realm_record(struct realm *realm, size_t index)
{
	struct realm_zone *own = realm_own(realm);
	struct rr *rr;
	assert(index < REALM_RECORDS);
	vec_foreach(rr, &own->records) {
		if (stands_for(&realm->expect.records[index], rr)) {
			return rr;
		}
	}
	assert(!"the record was changed before");
	return NULL;
}
