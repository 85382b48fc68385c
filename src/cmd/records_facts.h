/* SPDX-License-Identifier: MIT */
/* What the command records has to offer for publishing, and telling it. */
#ifndef CMD_RECORDS_FACTS_H
#define CMD_RECORDS_FACTS_H

#include "base/str.h"
#include "base/vec.h"
#include "checks/check.h"
#include "cli/exit.h"
#include "diagnosis/provider_fields.h"
#include "diagnosis/providers.h"
#include "dns/rr.h"
#include "expect/expect.h"
#include "walks/zone_view.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct inquiry;
struct look;
struct session;
struct sheet;

/** What is to be done about one record. */
enum offer_action {
	OFFER_ADD,
	OFFER_REPLACE, /* what stands there goes, this comes in its place */
	OFFER_KEEP,    /* it stands there already */
	OFFER_OMIT,    /* not needed */
	OFFER_UNKNOWN, /* its value is not known: option would tell it */
	OFFER_BLOCKED, /* a person must decide something first */
};

/** One record that is to be published. */
struct offer {
	const struct expected *expected;
	enum offer_action action;
	struct name name; /* "no name" as long as the DKIM token is not known */
	struct str host;  /* relative to the zone, "@" for itself */
	struct str value; /* raw; of an MX the host alone */
	bool has_priority; /* an MX */
	uint16_t priority;
	struct VEC(struct rr) replaced; /* of OFFER_REPLACE */
	struct str remark;              /* sentences of our own, or empty */
	const char *option; /* of OFFER_UNKNOWN: "--dkim-token", or NULL */
	bool unsure;        /* DNS did not say what stands there */
};

/** What DNS says of the records that may be there for other reasons. */
struct records_seen {
	struct zone_view zone; /* its cut tells where the zone begins */
	struct name *servers;  /* the zone's NS set */
	size_t servers_len;
	/* By enum record_index; those that were not looked at are zero. */
	struct judgement judged[INDEX_OTHER];
	bool looked[INDEX_OTHER];
	unsigned lookups[INDEX_OTHER]; /* of a merged SPF record; 0: none */
	/* The zone that holds the name, if another than that of the domain. */
	struct name holders[INDEX_OTHER];
};

/** All that is told. */
struct records_facts {
	struct session *session;
	struct expect expect;
	struct str input; /* the domain as it was typed, if that differs */
	struct name zone;
	bool zone_known;                 /* false: taken from the domain */
	const struct provider *provider; /* of --provider, or NULL */
	struct provider_match holder;    /* who holds the zone, by its NS */
	struct records_seen seen;
	struct VEC(struct offer) offers;
};

/** Looks at DNS for *facts*; in a task, see look/look.h. */
void records_look(struct look *look, const struct inquiry *inquiry,
    struct records_facts *facts);

/** Makes the offers out of what is expected and what was seen. */
void records_settle(struct records_facts *facts);

/** The zone that holds *name*, which is in the domain's zone or below it. */
struct name records_holder(const struct records_facts *facts, struct name name);

/** The offer of *expected* as it is without looking at DNS. */
struct offer offer_new(
    const struct records_facts *facts, const struct expected *expected);

/** True if *offer* has a value that can be published. */
bool offer_is_whole(const struct offer *offer);

/** "add", "replace"... */
const char *offer_action_word(enum offer_action action);

/** 0: all can be published so; 1: a person must decide; 3: not all known. */
enum exit_code records_exit(const struct records_facts *facts);

/** Adds *facts* to *sheet* as a table, or as the fields of a panel. */
void records_tell_text(struct sheet *sheet, const struct records_facts *facts);

/** *offer*, which is whole, as a panel takes it. */
struct panel_record offer_panel_record(
    const struct records_facts *facts, const struct offer *offer);

/** Adds what a panel of facts->provider wants to have typed. */
void records_tell_panel(struct sheet *sheet, const struct records_facts *facts);

/** Adds *facts* to *sheet* as JSON ("ivycheck/records/1"). */
void records_tell_json(struct sheet *sheet, const struct records_facts *facts);

/** Adds *facts* to *sheet* as a zone file (RFC 1035 5.1). */
void records_tell_zone(struct sheet *sheet, const struct records_facts *facts);

/** Adds *facts* to *sheet* as a CSV (RFC 4180). */
void records_tell_csv(struct sheet *sheet, const struct records_facts *facts);

#endif
